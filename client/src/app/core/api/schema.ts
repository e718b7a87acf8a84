// Generated from docs/openapi.json by `npm run openapi`. Do not edit.

export interface paths {
    "/api/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Clients_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Clients_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["Clients_update"];
        trace?: never;
    };
    "/api/clients/{id}/managers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ClientManagers_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}/managers/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["ClientManagers_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}/transfer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ClientManagers_transfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ApiKeys_list"];
        put?: never;
        post: operations["ApiKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ApiKeys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["ApiKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bootstrap": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Bootstrap_bootstrap"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{clientId}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ClientKeys_list"];
        put?: never;
        post: operations["ClientKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{clientId}/keys/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ClientKeys_rotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{clientId}/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["ClientKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Login_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Login_finish"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Login_end"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyGroups_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Sessions_list"];
        put?: never;
        post?: never;
        delete: operations["Sessions_endOthers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Sessions_endOne"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Terms_mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/terms/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Terms_accept"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Announcements_mine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/announcements/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Announcements_everyones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Providers_list"];
        put?: never;
        post: operations["ProviderAdministration_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Providers_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/admin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ProviderAdministration_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["ProviderAdministration_remove"];
        options?: never;
        head?: never;
        patch: operations["ProviderAdministration_update"];
        trace?: never;
    };
    "/providers/{id}/delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ProviderAdministration_removeByPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{id}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ProviderAdministration_models"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/providers/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ProviderAdministration_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ClientModels_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}/acknowledgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ClientModels_acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyModels_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/acknowledgements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["MyModels_acknowledge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyBudgets_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/budgets/{poolId}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["MyLedger_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Usage_own"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Usage_chart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Usage_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Usage_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/usage/trends": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["UsageTrends_own"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audio/transcriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Audio_transcribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audio/translations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Audio_translate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Completions_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Completions_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Completions_embed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rerank": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Completions_rerank"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Completions_score"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Messages_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/messages/count_tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Messages_countTokens"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["V1Models_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["V1Models_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["V1Responses_respond"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["V1Responses_find"];
        put?: never;
        post?: never;
        delete: operations["V1Responses_delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/answers/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Answers_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/answers/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Answers_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Attachments_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/attachments/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Attachments_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/attachments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Attachments_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ChatEvents_describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ChatEvents_follow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ChatModels_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/folders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Folders_list"];
        put?: never;
        post: operations["Folders_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/folders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Folders_remove"];
        options?: never;
        head?: never;
        patch: operations["Folders_rename"];
        trace?: never;
    };
    "/chat/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Presets_list"];
        put?: never;
        post: operations["Presets_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/presets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["Presets_save"];
        post?: never;
        delete: operations["Presets_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Search_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Shares_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Shares_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/shares/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Shares_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/shared/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Shares_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Transfer_exportOne"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Transfer_exportAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Transfer_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["TemporaryChat_complete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Messages_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/messages/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["Messages_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/messages/{messageId}/restoration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Messages_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Conversations_list"];
        put?: never;
        post: operations["Questions_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Questions_ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/messages/{messageId}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Questions_answerAgain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/messages/{messageId}/continuation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Questions_continue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Conversations_open"];
        put?: never;
        post?: never;
        delete: operations["Conversations_remove"];
        options?: never;
        head?: never;
        patch: operations["Conversations_update"];
        trace?: never;
    };
    "/chat/conversations/{id}/restoration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Conversations_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/chat/conversations/{id}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Conversations_fork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/announcements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminAnnouncements_list"];
        put?: never;
        post: operations["AdminAnnouncements_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/announcements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["AdminAnnouncements_update"];
        post?: never;
        delete: operations["AdminAnnouncements_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminTerms_list"];
        put?: never;
        post: operations["AdminTerms_publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/terms/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["AdminTerms_withdraw"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Account_delete"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Audit_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/budgets/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Budgets_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/budgets/pools/{id}/ledger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Budgets_ledger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/budgets/pools/{id}/adjust": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Budgets_adjust"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/budgets/pools/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Budgets_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/budgets/pools/{id}/gift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Budgets_gift"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Budgets_ofUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{id}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Budgets_ofClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/budget-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["PersonalBudget_get"];
        put: operations["PersonalBudget_set"];
        post?: never;
        delete: operations["PersonalBudget_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminClients_list"];
        put?: never;
        post: operations["AdminClients_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminClients_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["AdminClients_update"];
        trace?: never;
    };
    "/api/admin/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminUsage_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/chart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminUsage_chart"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminUsage_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminUsage_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["AdminUsage_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{id}/ai-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["ClientAiConfiguration_choose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{clientId}/budgets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ClientBudgets_ofClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{clientId}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ClientUsage_ofClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{clientId}/usage/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ClientUsage_requests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Configuration_get"];
        put: operations["Configuration_save"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/configuration/schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Configuration_schema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/configuration/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Configuration_check"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/configuration/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Configuration_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/configuration/history/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Configuration_backup"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/configuration/history/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Configuration_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["KeyCounters_ofMine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/clients/{clientId}/keys/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["KeyCounters_ofClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/effective-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["EffectiveAccess_ofUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/clients/{id}/effective-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["EffectiveAccess_ofClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/groups/{name}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["GroupMembers_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/groups/{name}/members/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["GroupMembers_add"];
        post?: never;
        delete: operations["GroupMembers_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Groups_list"];
        put?: never;
        post: operations["Groups_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/groups/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Groups_get"];
        put?: never;
        post?: never;
        delete: operations["Groups_remove"];
        options?: never;
        head?: never;
        patch: operations["Groups_update"];
        trace?: never;
    };
    "/api/admin/groups/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["Groups_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Me_describe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["EndpointAdministration_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["EndpointAdministration_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ModelAdministration_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ModelAdministration_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ModelPages_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/catalogue/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ModelPages_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/readmes/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ModelPages_readme"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ModelRefresh_refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/models/refresh/apply": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ModelRefresh_apply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["UserCredentials_keys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["UserCredentials_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["UserCredentials_openSessions"];
        put?: never;
        post?: never;
        delete: operations["UserCredentials_endAll"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["UserCredentials_endOne"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Overview_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/resolution": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Resolution_explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/latencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["UsageLatencies_quantiles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/outlook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["UsageOutlook_outlook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/usage/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["UsageRows_rows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Users_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Users_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch: operations["Users_update"];
        trace?: never;
    };
    "/api/admin/users/{id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["Users_setRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Health_service"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/redis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Health_sharedCounters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/inference": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["InferenceHealth_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/help": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Help_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/help/{topic}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["Help_find"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ClientPersonDto: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
            isActive: boolean;
        };
        ClientDto: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            /** @description Switched on in the console. */
            isActive: boolean;
            /** @description Active, and not disabled by config.yaml: its keys work. */
            isEnabled: boolean;
            /** @description config.yaml has an entry for it that is not empty. */
            hasOwnConfiguration: boolean;
            owner: components["schemas"]["ClientPersonDto"] | null;
            /** @description Chosen in the console. */
            defaultModel: string | null;
            /** @description What answers requests that name no model: the choice here, else that of the file. */
            effectiveDefaultModel: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Tells what is said of it from what is said later. */
            version: string;
        };
        ClientPageDto: {
            items: components["schemas"]["ClientDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        ClientDetailDto: {
            /** Format: uuid */
            id: string;
            name: string;
            description: string;
            /** @description Switched on in the console. */
            isActive: boolean;
            /** @description Active, and not disabled by config.yaml: its keys work. */
            isEnabled: boolean;
            /** @description config.yaml has an entry for it that is not empty. */
            hasOwnConfiguration: boolean;
            owner: components["schemas"]["ClientPersonDto"] | null;
            /** @description Chosen in the console. */
            defaultModel: string | null;
            /** @description What answers requests that name no model: the choice here, else that of the file. */
            effectiveDefaultModel: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Tells what is said of it from what is said later. */
            version: string;
            managers: components["schemas"]["ClientPersonDto"][];
            /**
             * @description What you are to it.
             * @enum {string}
             */
            role: "admin" | "owner" | "manager";
        };
        UpdateClientDto: {
            /** @description The `version` that was read before: a client changed since is not overwritten, but answered with 409 and in details.current. */
            basedOn?: string;
            description?: string;
            /** @description false: its keys are refused at once. For owners. */
            isActive?: boolean;
        };
        ClientPersonEmailDto: {
            /**
             * Format: email
             * @description Somebody who has signed in before.
             */
            email: string;
        };
        ApiKeyDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description First and last characters of the key.
             * @example sk_Ab3d…9xYz
             */
            hint: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastUsedAt: string | null;
            /** Format: date-time */
            revokedAt: string | null;
            /** Format: date-time */
            expiresAt: string | null;
            /** @description Null: all that its owner may use. */
            onlyModels: string[] | null;
        };
        ApiKeyListDto: {
            keys: components["schemas"]["ApiKeyDto"][];
        };
        CreateApiKeyDto: {
            /** @description What the key is for, in your words. */
            name: string;
            /**
             * Format: date-time
             * @description When the key stops working. Left out: never.
             */
            expiresAt?: string | null;
            /** @description The only models this key may use. Left out: all that its owner may. */
            onlyModels?: string[] | null;
        };
        CreatedApiKeyDto: {
            apiKey: components["schemas"]["ApiKeyDto"];
            /**
             * @description The key itself. It is shown only now.
             * @example sk_…
             */
            key: string;
        };
        RotateApiKeyDto: {
            /** @description How many hours the key before goes on working. 0: not at all. */
            overlapHours: number;
            /**
             * Format: date-time
             * @description When the new key stops working. Left out: when the key before would have.
             */
            expiresAt?: string;
        };
        AppInfoDto: {
            name: string;
            tagline: string;
        };
        FooterLinkDto: {
            label: string;
            url: string;
        };
        ThemeColourDto: {
            /**
             * @description Of Material, without `--mat-sys-`.
             * @example on-primary
             */
            name: string;
            /** @example #13294b */
            light: string;
            /** @example #adc6ff */
            dark: string;
        };
        BrandingDto: {
            institution: string | null;
            institutionUrl: string | null;
            /** @description Null: Lumen’s own. */
            logo: string | null;
            /** @description On dark ground. */
            logoDark: string | null;
            favicon: string | null;
            footerLinks: components["schemas"]["FooterLinkDto"][];
            /** @description What differs from Lumen’s own theme. */
            colours: components["schemas"]["ThemeColourDto"][];
        };
        LoginInfoDto: {
            /** @enum {string} */
            kind: "dev" | "oidc" | "none";
        };
        MeDto: {
            /** Format: uuid */
            id: string;
            /**
             * @description A person, or an application.
             * @enum {string}
             */
            kind: "user" | "client";
            /** @description Empty for a client. */
            email: string;
            name: string;
            /** @description One or two letters for an avatar. */
            initials: string;
            roles: ("user" | "admin" | "engineer" | "superadmin" | "auditor")[];
            /** @description Goes in x-csrf-token with every request that changes something; empty for API keys. */
            csrfToken: string;
            /** @description Whether there is a client that this person manages. */
            managesClients: boolean;
        };
        BootstrapDto: {
            app: components["schemas"]["AppInfoDto"];
            /** @description As the person who asks sees it. */
            branding: components["schemas"]["BrandingDto"];
            login: components["schemas"]["LoginInfoDto"];
            /** @description Null when nobody is signed in. */
            user: components["schemas"]["MeDto"] | null;
        };
        MyGroupDto: {
            name: string;
            /**
             * @description Why you are in it.
             * @enum {string}
             */
            because: "everyone" | "configuration" | "dev_user" | "manual" | "rule";
        };
        MyGroupsDto: {
            groups: components["schemas"]["MyGroupDto"][];
        };
        SessionDto: {
            /** Format: uuid */
            id: string;
            /** @description What the browser says it is (its user agent). */
            device: string | null;
            /** @description Where the login came from. */
            ip: string | null;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To within five minutes.
             */
            lastSeenAt: string;
            /** Format: date-time */
            expiresAt: string;
            /** @description This very session. */
            isCurrent: boolean;
        };
        SessionListDto: {
            sessions: components["schemas"]["SessionDto"][];
        };
        EndedSessionsDto: {
            /** @description How many sessions were ended. */
            ended: number;
        };
        TermsDto: {
            version: number;
            /** @description Markdown. */
            text: string;
            /** @description What is new since the version before; may be empty. */
            changes: string;
            /** Format: date-time */
            publishedAt: string;
        };
        MyTermsDto: {
            /** @description null: there is nothing to agree to. */
            terms: components["schemas"]["TermsDto"] | null;
            /**
             * Format: date-time
             * @description When I agreed to this version; null: not yet.
             */
            acceptedAt: string | null;
        };
        AcceptTermsDto: {
            /** @description The version that was read. */
            version: number;
        };
        ShownAnnouncementDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            severity: "info" | "success" | "warning" | "critical";
            title: string;
            /** @description Markdown. */
            text: string;
            isDismissible: boolean;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        ShownAnnouncementListDto: {
            announcements: components["schemas"]["ShownAnnouncementDto"][];
        };
        ProviderDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The part of its models’ ids before the slash. */
            slug: string;
            models: string[];
            isDefault: boolean;
            isEnabled: boolean;
        };
        ProviderListDto: {
            providers: components["schemas"]["ProviderDto"][];
        };
        ProviderModelDto: {
            /**
             * @description What requests name.
             * @example openai/gpt-4o
             */
            id: string;
            /** @example gpt-4o */
            model: string;
            /** @description The name of the provider. */
            provider: string;
            providerSlug: string;
            /** Format: uuid */
            providerId: string;
            /** @description Its provider is the default one. */
            isDefault: boolean;
            /** @description false: nobody said what it costs, so it costs nothing. */
            isPriced: boolean;
            /** @description Coins per million input tokens. */
            inputCostPerMillion: number;
            /** @description Coins per million output tokens. */
            outputCostPerMillion: number;
            /** @description Tokens. */
            contextWindow: number | null;
            /** @description Tokens. */
            maxOutputTokens: number | null;
        };
        ProviderModelListDto: {
            models: components["schemas"]["ProviderModelDto"][];
        };
        ProviderDetailDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description The part of its models’ ids before the slash. */
            slug: string;
            models: string[];
            isDefault: boolean;
            isEnabled: boolean;
            /** @enum {string} */
            type: "official" | "custom";
            baseUrl: string;
            /**
             * @description Masked. null: there is none, or it cannot be read (see keyState).
             * @example sk-abc12345...xyz9
             */
            apiKey: string | null;
            /**
             * @description unreadable: app.encryption_key was changed since it was given.
             * @enum {string}
             */
            keyState: "set" | "none" | "unreadable";
            /** @description By model; only those that have some. */
            modelSettings: {
                [key: string]: Record<string, never>;
            };
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        ProviderDetailListDto: {
            providers: components["schemas"]["ProviderDetailDto"][];
        };
        CreateProviderDto: {
            /** @example OpenAI */
            name: string;
            slug: string;
            /** @enum {string} */
            type: "official" | "custom";
            /** @example https://api.openai.com/v1 */
            baseUrl: string;
            /** @description Empty or left out: none is sent. */
            apiKey?: string | null;
            /**
             * @example [
             *       "gpt-4o"
             *     ]
             */
            models: string[];
            /**
             * @description Prices, limits and access by model: inputCostPerMillion, outputCostPerMillion, cachedInputCostPerMillion, audioCostPerHour, contextWindow, maxOutputTokens, access, needsAck, ackMessage, description, notice, supportsReasoning, supportsFunctionCalling, inputModalities, outputModalities.
             * @example {
             *       "gpt-4o": {
             *         "inputCostPerMillion": 2.5,
             *         "outputCostPerMillion": 10
             *       }
             *     }
             */
            modelSettings?: {
                [key: string]: Record<string, never>;
            };
            /** @description true: this one answers where no model is named, and no other does any more. */
            isDefault?: boolean;
            /** @description false: its models are not served. */
            isEnabled?: boolean;
        };
        UpdateProviderDto: {
            /** @example OpenAI */
            name?: string;
            slug?: string;
            /** @enum {string} */
            type?: "official" | "custom";
            /** @example https://api.openai.com/v1 */
            baseUrl?: string;
            /** @description Empty or left out: the key that is stored stays. */
            apiKey?: string | null;
            /**
             * @example [
             *       "gpt-4o"
             *     ]
             */
            models?: string[];
            /**
             * @description Prices, limits and access by model: inputCostPerMillion, outputCostPerMillion, cachedInputCostPerMillion, audioCostPerHour, contextWindow, maxOutputTokens, access, needsAck, ackMessage, description, notice, supportsReasoning, supportsFunctionCalling, inputModalities, outputModalities.
             * @example {
             *       "gpt-4o": {
             *         "inputCostPerMillion": 2.5,
             *         "outputCostPerMillion": 10
             *       }
             *     }
             */
            modelSettings?: {
                [key: string]: Record<string, never>;
            };
            /** @description true: this one answers where no model is named, and no other does any more. */
            isDefault?: boolean;
            /** @description false: its models are not served. */
            isEnabled?: boolean;
            /**
             * Format: date-time
             * @description Of the version that was edited: 409 if the provider was changed since.
             */
            updatedAt?: string;
        };
        AskProviderDto: {
            /**
             * @description In place of the stored one.
             * @example https://api.openai.com/v1
             */
            baseUrl?: string;
            /** @description In place of the stored one. */
            apiKey?: string | null;
        };
        BackendModelListDto: {
            /** @description null: the backend does not say. */
            models: string[] | null;
            /** @description Why not. */
            error?: string;
        };
        TestProviderDto: {
            /**
             * @description In place of the stored one.
             * @example https://api.openai.com/v1
             */
            baseUrl?: string;
            /** @description In place of the stored one. */
            apiKey?: string | null;
            /** @example gpt-4o */
            model: string;
            /** @description Ask for a streamed answer. */
            stream?: boolean;
        };
        ProviderTestResultDto: {
            ok: boolean;
            latencyMs: number;
            /** @description The status of the backend’s answer; 0: there was none. */
            status: number;
            /** @description How the reply begins. */
            sample?: string;
            error?: string;
            /** @description Of a streamed reply: until its first text. */
            firstTokenMs?: number;
            /** @description Pieces of text a second after the first one. */
            tokensPerSecond?: number;
        };
        AcknowledgementTextDto: {
            /** @description What is shown and agreed to. */
            text: string;
            /** @description Tells this text from another; sent back with the agreement. */
            textHash: string;
            /** Format: date-time */
            acknowledgedAt: string | null;
        };
        ModelStandingDto: {
            model: string;
            description: string | null;
            /** @description Shown wherever it is chosen. */
            notice: string | null;
            /** @description Hidden from everybody. */
            isDisabled: boolean;
            /**
             * @description Now; an acknowledgement makes needs_ack allowed.
             * @enum {string}
             */
            access: "allowed" | "needs_ack" | "blocked";
            /**
             * @description What the rules say, acknowledged or not.
             * @enum {string}
             */
            decision: "allowed" | "needs_ack" | "blocked";
            /**
             * @description The rule that decided.
             * @enum {string}
             */
            rule: "model_disabled" | "own_list" | "group_list" | "model_access" | "group_default" | "own_default" | "global_default" | "key_limit";
            /**
             * @description Whose setting it is.
             * @example group staff
             */
            scope: string;
            /** @example blocked: listed under model_access.blocked of group staff */
            explanation: string;
            /** @description Null where the rules ask for none. */
            acknowledgement: components["schemas"]["AcknowledgementTextDto"] | null;
        };
        ModelStandingListDto: {
            models: components["schemas"]["ModelStandingDto"][];
        };
        GiveAcknowledgementDto: {
            /** @description The id of the model. */
            model: string;
            /** @description textHash of the text that was shown. */
            textHash: string;
        };
        /** @enum {string} */
        BudgetUnit: "coins" | "tokens";
        /**
         * @description blocked: max is 0.
         * @enum {string}
         */
        BudgetKind: "limited" | "unlimited" | "blocked";
        BudgetDto: {
            unit: components["schemas"]["BudgetUnit"];
            /** @description The model it is for; null: all. */
            model: string | null;
            /** @description blocked: max is 0. */
            kind: components["schemas"]["BudgetKind"];
            /**
             * @description Whose policy it is.
             * @example group faculty
             */
            source: string;
            /**
             * @description The most it holds, in its unit; 0 unless limited.
             * @example 20
             */
            max: string;
            /**
             * @description Added per hour.
             * @example 0.05
             */
            refresh: string;
            /**
             * Format: uuid
             * @description Null where there is no pool: unlimited or blocked.
             */
            poolId: string | null;
            /** @example 12.500000001 */
            balance: string;
            /** @description The part that requests under way may still spend. */
            held: string;
            /** @description Balance without what is held. */
            available: string;
            /**
             * Format: date-time
             * @description Null where nothing is added: it is full, or has no refresh.
             */
            nextRefreshAt: string | null;
            nextRefreshAmount: string | null;
            /**
             * Format: date-time
             * @description When it is full if nothing is spent; null: never.
             */
            fullAt: string | null;
        };
        /**
         * @description uncollected: the part of a charge that the pool could not pay, given back.
         * @enum {string}
         */
        LedgerEntryKind: "grant" | "refresh" | "charge" | "adjustment" | "uncollected";
        LedgerEntryDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @description uncollected: the part of a charge that the pool could not pay, given back. */
            kind: components["schemas"]["LedgerEntryKind"];
            /**
             * @description Added to the balance, in the pool's unit.
             * @example -0.000125
             */
            amount: string;
            /**
             * Format: uuid
             * @description The request that was charged, by its id in the request log.
             */
            requestLogId: string | null;
            /** @description Why somebody adjusted it. */
            reason: string | null;
        };
        LedgerPageDto: {
            items: components["schemas"]["LedgerEntryDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        ReportedPeriodDto: {
            /**
             * Format: date-time
             * @description Widened to whole hours.
             */
            from: string;
            /**
             * Format: date-time
             * @description Not included.
             */
            to: string;
            tz: string;
        };
        UsageSumsDto: {
            requests: number;
            /** @description Requests that were refused or failed. */
            errors: number;
            /** @description Requests whose caller left before the end. */
            cancelled: number;
            promptTokens: number;
            completionTokens: number;
            /** @description Part of promptTokens. */
            cachedTokens: number;
            /** @description Part of completionTokens. */
            reasoningTokens: number;
            /**
             * @description Coins, exactly.
             * @example 12.500000001
             */
            cost: string;
            averageDurationMs: number | null;
            averageFirstByteMs: number | null;
        };
        KeyedUsageDto: {
            requests: number;
            /** @description Requests that were refused or failed. */
            errors: number;
            /** @description Requests whose caller left before the end. */
            cancelled: number;
            promptTokens: number;
            completionTokens: number;
            /** @description Part of promptTokens. */
            cachedTokens: number;
            /** @description Part of completionTokens. */
            reasoningTokens: number;
            /**
             * @description Coins, exactly.
             * @example 12.500000001
             */
            cost: string;
            averageDurationMs: number | null;
            averageFirstByteMs: number | null;
            /** @description An hour (ISO, UTC), a local day or month, a weekday and local hour ("1-09": Monday), or what `by` asked for. */
            key: string;
        };
        OwnUsageDto: {
            period: components["schemas"]["ReportedPeriodDto"];
            totals: components["schemas"]["UsageSumsDto"];
            /** @enum {string} */
            by: "hour" | "day" | "month" | "weekday_hour" | "model" | "key" | "source";
            /** @description Times in order, all else by cost. */
            items: components["schemas"]["KeyedUsageDto"][];
        };
        UsageChangeDto: {
            /** @example 0.25 */
            requests: number | null;
            errors: number | null;
            tokens: number | null;
            cost: number | null;
        };
        ModelSeriesDto: {
            /** @description null: all other models together. Empty: models that do not exist. */
            model: string | null;
            /** @description One for each of `buckets`; costs in coins. */
            values: number[];
        };
        UsageChartDto: {
            period: components["schemas"]["ReportedPeriodDto"];
            totals: components["schemas"]["UsageSumsDto"];
            /** @description Of the period of the same length before. */
            previous: components["schemas"]["UsageSumsDto"];
            change: components["schemas"]["UsageChangeDto"];
            /** @enum {string} */
            metric: "cost" | "requests" | "tokens" | "errors";
            /**
             * @description As fits the length of the period.
             * @enum {string}
             */
            bucket: "hour" | "day" | "month";
            /** @description In order, empty ones too: hours (ISO, UTC), local days or local months. */
            buckets: string[];
            /** @description The five models that have most, and all others together if there are any. */
            series: components["schemas"]["ModelSeriesDto"][];
            /** @description How many models are counted together. */
            otherModels: number;
            /** @description The metric by weekday and local hour: 168, from Monday at 0. */
            week: number[];
        };
        LoggedRequestDto: {
            /** Format: uuid */
            id: string;
            /** @description As in the header x-request-id. */
            requestId: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: uuid */
            apiKeyId: string | null;
            /** @enum {string} */
            source: "api" | "chat";
            operation: string;
            model: string;
            isStream: boolean;
            status: number;
            errorCode: string | null;
            /** @enum {string} */
            outcome: "completed" | "cancelled" | "failed" | "refused";
            promptTokens: number | null;
            completionTokens: number | null;
            cachedTokens: number | null;
            reasoningTokens: number | null;
            firstByteMs: number | null;
            durationMs: number;
            /** @description Coins, exactly. */
            cost: string | null;
            /** @enum {string|null} */
            accuracy: "exact" | "estimated" | "partial" | null;
            /** @description Length of the audio that was billed. */
            audioMs: number | null;
        };
        RequestPageDto: {
            /** @description The latest first. */
            items: components["schemas"]["LoggedRequestDto"][];
            /** @description `after` of the next page. */
            next: string | null;
        };
        UsageTrendDto: {
            key: string;
            /** @description One amount for each hour of two days or day (UTC) of more, in order; costs in coins. Null: not known without reading everybody’s. */
            trend: number[] | null;
        };
        UsageTrendsDto: {
            /** @description In the order of `of`. */
            items: components["schemas"]["UsageTrendDto"][];
        };
        InputTokensDto: {
            /** @description About how many tokens the prompt has. */
            input_tokens: number;
        };
        V1EndpointCountsDto: {
            total: number;
            /** @description Those that requests are sent to. */
            healthy: number;
        };
        V1ModelDto: {
            id: string;
            /** @enum {string} */
            object: "model";
            /** @description Seconds since 1970. */
            created: number;
            owned_by: string;
            description: string | null;
            /** @description Tokens. */
            context_window: number | null;
            /** @description Tokens. */
            max_output_tokens: number | null;
            /** @description What vLLM calls `context_window`. */
            max_model_len: number | null;
            /** @description Coins per million input tokens. */
            input_cost_per_million: number;
            /** @description Coins per million output tokens. */
            output_cost_per_million: number;
            /** @description Coins per million input tokens that the backend had cached. */
            cached_input_cost_per_million: number;
            /** @description Coins per hour of audio; null: audio is billed by tokens. */
            audio_cost_per_hour: number | null;
            input_modalities: string[];
            output_modalities: string[];
            /**
             * @description All of its endpoints work, some, or none; one that was never asked counts as working.
             * @enum {string}
             */
            status: "ok" | "degraded" | "down";
            endpoints: components["schemas"]["V1EndpointCountsDto"];
        };
        V1ModelListDto: {
            /** @enum {string} */
            object: "list";
            data: components["schemas"]["V1ModelDto"][];
        };
        AnswerErrorDto: {
            /** @description One of the error codes of the API. */
            code: string;
            message: string;
        };
        AttachmentDto: {
            /** Format: uuid */
            id: string;
            name: string;
            /**
             * @description By what is in it.
             * @enum {string}
             */
            kind: "text" | "pdf" | "image";
            /** @example application/pdf */
            mediaType: string;
            /** @description Bytes. */
            size: number;
            /** @description Of its text; null: it has none. */
            textChars: number | null;
            /** @description Only the beginning of its text is told to the model. */
            isCut: boolean;
            /** @description About how many it adds to a question. */
            tokens: number;
        };
        AnswerMetricsDto: {
            promptTokens: number | null;
            completionTokens: number | null;
            cachedTokens: number | null;
            reasoningTokens: number | null;
            /** @description The tokens were counted by Lumen, not by the model’s server. */
            isEstimated: boolean;
            /** @description Coins, as a decimal text. */
            cost: string | null;
            firstTokenMs: number | null;
            /** @description From the first thought to the first word. */
            thinkingMs: number | null;
            durationMs: number | null;
            /** @description By which support finds it. */
            requestId: string | null;
        };
        MessageDto: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description Null: the first.
             */
            parentId: string | null;
            /** @enum {string} */
            role: "user" | "assistant";
            /** @description Markdown. */
            content: string;
            /** @description What the model thought before; empty if it tells nothing. */
            reasoning: string;
            /** @description Of an answer. */
            model: string | null;
            /**
             * @description writing: follow it at /chat/answers/{id}/events; stopped: by the person; interrupted: it broke off; failed: nothing came.
             * @enum {string}
             */
            state: "complete" | "writing" | "stopped" | "interrupted" | "failed";
            /** @description length: its limit cut it. */
            finishReason: string | null;
            error: components["schemas"]["AnswerErrorDto"] | null;
            /**
             * Format: uuid
             * @description Answers with the same were asked for together, to be seen side by side.
             */
            comparisonId: string | null;
            /** @description The branches at this place, itself among them, oldest first. */
            siblingIds: string[];
            attachments: components["schemas"]["AttachmentDto"][];
            /** @description Of an answer. */
            metrics: components["schemas"]["AnswerMetricsDto"] | null;
            /** Format: date-time */
            createdAt: string;
        };
        UploadLimitsDto: {
            /** @description Bytes. */
            maxBytes: number;
            /**
             * @example [
             *       "pdf",
             *       "png"
             *     ]
             */
            extensions: string[];
            /** @description Of one question. */
            maxFiles: number;
            /** @description Characters taken of a file. */
            maxTextChars: number;
        };
        ChatOptionsDto: {
            upload: components["schemas"]["UploadLimitsDto"];
            /** @description Conversations are deleted so many days after their last message; null: never. */
            retentionDays: number | null;
            /**
             * @description Whether what is deleted can be brought back by an administrator.
             * @enum {string}
             */
            removal: "hide" | "delete";
        };
        ChatAcknowledgementDto: {
            /** @description What is shown, and agreed to by POST /api/acknowledgements. */
            text: string;
            /** @description Of the text that is shown; sent back with the agreement. */
            textHash: string;
        };
        ChatModelDto: {
            id: string;
            name: string;
            description: string | null;
            /** @description Shown wherever it is chosen. */
            notice: string | null;
            /** @enum {string} */
            access: "allowed" | "needs_ack";
            /** @description What has to be agreed to before the first use; null when nothing has. */
            acknowledgement: components["schemas"]["ChatAcknowledgementDto"] | null;
            /** @description Coins. */
            inputCostPerMillion: number;
            /** @description Coins. */
            outputCostPerMillion: number;
            /** @description Tokens. */
            contextWindow: number | null;
            /** @description Tokens. */
            maxOutputTokens: number | null;
            reasoning: boolean;
            functionCalling: boolean;
            inputModalities: string[];
            outputModalities: string[];
            /** @description A page about the model. */
            url: string | null;
            /** @example 2024-06 */
            knowledgeCutoff: string | null;
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            /** @description How busy it is: 0 nothing is under way, 4 one has to wait; null: not known. */
            load: number | null;
        };
        ChatModelListDto: {
            models: components["schemas"]["ChatModelDto"][];
            /** @description The one to start with. */
            defaultModel: string | null;
        };
        FolderDto: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        FolderListDto: {
            /** @description By name. */
            folders: components["schemas"]["FolderDto"][];
        };
        NameFolderDto: {
            name: string;
        };
        ConversationSettingsDto: {
            systemPrompt: string | null;
            temperature: number | null;
            maxOutputTokens: number | null;
            /** @enum {string|null} */
            reasoningEffort: "low" | "medium" | "high" | null;
        };
        PresetDto: {
            name: string;
            /** @description Null: any. */
            model: string | null;
            settings: components["schemas"]["ConversationSettingsDto"];
            /** Format: uuid */
            id: string;
        };
        PresetListDto: {
            /** @description By name. */
            presets: components["schemas"]["PresetDto"][];
        };
        SavePresetDto: {
            name: string;
            /** @description Null: any. */
            model: string | null;
            settings: components["schemas"]["ConversationSettingsDto"];
        };
        ConversationSummaryDto: {
            /** Format: uuid */
            id: string;
            title: string;
            /** Format: uuid */
            folderId: string | null;
            isPinned: boolean;
            isArchived: boolean;
            /** @description An answer is being written in it. */
            isAnswering: boolean;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Of the last question or answer.
             */
            updatedAt: string;
        };
        SnippetPartDto: {
            text: string;
            /** @description It is what was looked for. */
            isMatch: boolean;
        };
        SearchHitDto: {
            conversation: components["schemas"]["ConversationSummaryDto"];
            /**
             * Format: uuid
             * @description Where it is; null: in the title.
             */
            messageId: string | null;
            /** @description Plain text around what was found. */
            snippet: components["schemas"]["SnippetPartDto"][];
        };
        SearchResultDto: {
            /** @description Titles first, then messages, newest first. */
            hits: components["schemas"]["SearchHitDto"][];
            nextCursor: string | null;
        };
        ShareDto: {
            /**
             * Format: uuid
             * @description The client shows it at /shared/{id}.
             */
            id: string;
            /** Format: uuid */
            conversationId: string;
            title: string;
            /** @description How many messages it shows. */
            messages: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description What was said later is not shown.
             */
            updatedAt: string;
        };
        ShareListDto: {
            /** @description Newest first. */
            shares: components["schemas"]["ShareDto"][];
        };
        SharedMessageDto: {
            /** @enum {string} */
            role: "user" | "assistant";
            content: string;
            model: string | null;
            /** @description Names of what was attached. */
            attachments: string[];
        };
        SharedConversationDto: {
            title: string;
            /** @description Name of the person who shares it. */
            sharedBy: string;
            /** @description The reader is that person. */
            isMine: boolean;
            /** Format: date-time */
            updatedAt: string;
            messages: components["schemas"]["SharedMessageDto"][];
        };
        SkippedImportDto: {
            /** @description Its title, or its place in the file. */
            name: string;
            reason: string;
        };
        ImportResultDto: {
            /** @description Conversations. */
            imported: number;
            /** @description The first hundred. */
            skipped: components["schemas"]["SkippedImportDto"][];
            /** @description How many were skipped in all. */
            skippedCount: number;
        };
        MessagePageDto: {
            messages: components["schemas"]["MessageDto"][];
            /** @description The branch has messages before these. */
            hasEarlier: boolean;
        };
        DeletedMessageDto: {
            /**
             * Format: uuid
             * @description The last message of the branch that is shown now.
             */
            currentMessageId: string | null;
        };
        BeginConversationDto: {
            models: string[];
            /**
             * Format: uuid
             * @description Chosen by the asker. Asking again with the same, after an answer that was lost on its way, asks nothing and answers the same.
             */
            id?: string;
            content: string;
            attachmentIds?: string[];
            settings?: components["schemas"]["ConversationSettingsDto"];
            /** Format: uuid */
            folderId?: string | null;
        };
        ConversationDto: {
            /** Format: uuid */
            id: string;
            title: string;
            /** Format: uuid */
            folderId: string | null;
            isPinned: boolean;
            isArchived: boolean;
            /** @description An answer is being written in it. */
            isAnswering: boolean;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Of the last question or answer.
             */
            updatedAt: string;
            /** @description The one chosen last. */
            model: string | null;
            settings: components["schemas"]["ConversationSettingsDto"];
            /**
             * Format: uuid
             * @description The last message of the branch that is shown.
             */
            currentMessageId: string | null;
            /**
             * @description Coins of all its answers, as a decimal text.
             * @example 0.0125
             */
            cost: string;
            /** @description Images were sent in it, on any of its branches. */
            hasImages: boolean;
            /**
             * Format: uuid
             * @description It is shared so.
             */
            shareId: string | null;
            /**
             * Format: date-time
             * @description When it will be deleted unless something is said in it; null: never.
             */
            expiresAt: string | null;
        };
        AskedDto: {
            conversation: components["schemas"]["ConversationDto"];
            question: components["schemas"]["MessageDto"];
            /** @description One for each model, in their order. */
            answers: components["schemas"]["MessageDto"][];
        };
        AskFurtherDto: {
            models: string[];
            /**
             * Format: uuid
             * @description Chosen by the asker. Asking again with the same, after an answer that was lost on its way, asks nothing and answers the same.
             */
            id?: string;
            content: string;
            attachmentIds?: string[];
            /**
             * Format: uuid
             * @description The answer it follows; null: it begins the conversation anew.
             */
            parentId: string | null;
        };
        AskModelsDto: {
            models: string[];
        };
        ConversationPageDto: {
            conversations: components["schemas"]["ConversationSummaryDto"][];
            /** @description Null: this is the last page. */
            nextCursor: string | null;
        };
        OpenConversationDto: {
            conversation: components["schemas"]["ConversationDto"];
            messages: components["schemas"]["MessageDto"][];
            /** @description The branch has messages before these. */
            hasEarlier: boolean;
        };
        UpdateConversationDto: {
            title?: string;
            isPinned?: boolean;
            isArchived?: boolean;
            /**
             * Format: uuid
             * @description Null: none.
             */
            folderId?: string | null;
            model?: string;
            settings?: components["schemas"]["ConversationSettingsDto"];
            /**
             * Format: uuid
             * @description Shows the branch this message is in, down to its newest end.
             */
            currentMessageId?: string;
        };
        ForkConversationDto: {
            /**
             * Format: uuid
             * @description The last message that is taken along.
             */
            messageId: string;
        };
        AnnouncementDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            severity: "info" | "success" | "warning" | "critical";
            title: string;
            /** @description Markdown. */
            text: string;
            /** @enum {string} */
            audience: "everyone" | "signed_in" | "groups";
            groups: string[];
            isDismissible: boolean;
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string | null;
            /** Format: date-time */
            updatedAt: string;
        };
        AnnouncementListDto: {
            announcements: components["schemas"]["AnnouncementDto"][];
        };
        SaveAnnouncementDto: {
            /** @enum {string} */
            severity: "info" | "success" | "warning" | "critical";
            /** @description One line, without Markdown. */
            title: string;
            /** @description Markdown; may be empty. */
            text: string;
            /**
             * @description everyone: also who is not signed in.
             * @enum {string}
             */
            audience: "everyone" | "signed_in" | "groups";
            /** @description Names of groups, for the audience `groups`. */
            groups: string[];
            /** @description Whether people can put it away. */
            isDismissible: boolean;
            /** Format: date-time */
            startsAt: string;
            /**
             * Format: date-time
             * @description null: no end.
             */
            endsAt: string | null;
        };
        ChangeAnnouncementDto: {
            /** @enum {string} */
            severity: "info" | "success" | "warning" | "critical";
            /** @description One line, without Markdown. */
            title: string;
            /** @description Markdown; may be empty. */
            text: string;
            /**
             * @description everyone: also who is not signed in.
             * @enum {string}
             */
            audience: "everyone" | "signed_in" | "groups";
            /** @description Names of groups, for the audience `groups`. */
            groups: string[];
            /** @description Whether people can put it away. */
            isDismissible: boolean;
            /** Format: date-time */
            startsAt: string;
            /**
             * Format: date-time
             * @description null: no end.
             */
            endsAt: string | null;
            /**
             * Format: date-time
             * @description The `updatedAt` that was looked at: refused (409) if it has changed since.
             */
            basedOn?: string;
        };
        PublishedTermsDto: {
            version: number;
            /** @description Markdown. */
            text: string;
            /** @description What is new since the version before; may be empty. */
            changes: string;
            /** Format: date-time */
            publishedAt: string;
            /** Format: date-time */
            withdrawnAt: string | null;
            /** @description How many people agreed to this version. */
            acceptances: number;
        };
        PublishedTermsListDto: {
            /** @description The newest first. */
            versions: components["schemas"]["PublishedTermsDto"][];
        };
        PublishTermsDto: {
            /** @description Markdown. */
            text: string;
            changes: string;
            /** @description The newest version that was looked at; 0: there is none. */
            basedOn: number;
        };
        DeleteAccountDto: {
            /** @description Your own e-mail address. */
            email: string;
        };
        AuditEntryDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            actorKind: "user" | "client" | "cli" | "system" | "anonymous";
            actorId: string | null;
            actorName: string;
            action: string;
            /** @enum {string} */
            outcome: "done" | "refused";
            objectKind: string | null;
            objectId: string | null;
            objectName: string | null;
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
            reason: string | null;
            ip: string | null;
            requestId: string | null;
        };
        AuditPageDto: {
            items: components["schemas"]["AuditEntryDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        PoolDto: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            ownerKind: "user" | "client";
            /** Format: uuid */
            ownerId: string;
            /** @description The address of a person, the name of a client; null: there is none any more. */
            ownerName: string | null;
            unit: components["schemas"]["BudgetUnit"];
            /** @description The model it is for; null: all. */
            model: string | null;
            /** @example 12.500000001 */
            balance: string;
            /** @description The part that requests under way may still spend. */
            held: string;
            /** @description Balance without what is held. */
            available: string;
            /** @description Up to where it is refreshed. */
            max: string;
            /** @description Added per hour. */
            refresh: string;
            /**
             * Format: date-time
             * @description Up to when refreshes have been added.
             */
            refreshedAt: string;
            /** Format: date-time */
            createdAt: string;
        };
        PoolPageDto: {
            items: components["schemas"]["PoolDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        AdminLedgerEntryDto: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @description uncollected: the part of a charge that the pool could not pay, given back. */
            kind: components["schemas"]["LedgerEntryKind"];
            /**
             * @description Added to the balance, in the pool's unit.
             * @example -0.000125
             */
            amount: string;
            /**
             * Format: uuid
             * @description The request that was charged, by its id in the request log.
             */
            requestLogId: string | null;
            /** @description Why somebody adjusted it. */
            reason: string | null;
            /**
             * Format: uuid
             * @description Who adjusted it; null for everything else and for `lumen budgets`.
             */
            actorId: string | null;
            actorName: string | null;
        };
        AdminLedgerPageDto: {
            items: components["schemas"]["AdminLedgerEntryDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        AdjustPoolDto: {
            /** @description For the ledger. */
            reason: string;
            /**
             * @description In the unit of the pool; "-" takes away.
             * @example -2.5
             */
            amount: string;
        };
        AdjustedPoolDto: {
            /** @description As it is now. */
            pool: components["schemas"]["PoolDto"];
            /** @description What was added; below 0: taken. */
            change: string;
            /** @description What happened, in a sentence. */
            explanation: string;
        };
        ResetPoolDto: {
            /** @description For the ledger. */
            reason: string;
        };
        GiveToPoolDto: {
            /** @description For the ledger. */
            reason: string;
            /**
             * @description Above 0, in the unit of the pool.
             * @example 12.5
             */
            amount: string;
        };
        BudgetPolicyDto: {
            /** @description The most the pool holds. 0: no access; -2: unlimited. */
            max: number;
            /**
             * @description Added per hour, up to max.
             * @default 0
             */
            refresh: number;
            /** @description Put into a new pool; max unless said otherwise. */
            starting?: number;
        };
        PersonalBudgetDto: {
            /**
             * @description file: by `users:` of config.yaml, read-only here; null: what the groups give.
             * @enum {string|null}
             */
            managedBy: "file" | "console" | null;
            coins: components["schemas"]["BudgetPolicyDto"] | null;
            tokens: {
                [key: string]: components["schemas"]["BudgetPolicyDto"];
            };
            /** @description Tells this budget from a later one. */
            version: string;
        };
        SetPersonalBudgetDto: {
            /** @description The `version` that was read before: a budget changed since is not touched, but answered with 409 and in details.current. */
            basedOn?: string;
            coins?: components["schemas"]["BudgetPolicyDto"] | null;
            /** @description `default` for models without an entry. */
            tokens?: {
                [key: string]: components["schemas"]["BudgetPolicyDto"];
            };
        };
        CreateClientDto: {
            /** @example research-bot */
            name: string;
            /** @description What the client is for. */
            description?: string;
            /**
             * Format: email
             * @description Who answers for it.
             */
            ownerEmail?: string;
        };
        AdministerClientDto: {
            /** @description The `version` that was read before: a client changed since is not overwritten, but answered with 409 and in details.current. */
            basedOn?: string;
            description?: string;
            /** @description false: its keys are refused at once. For owners. */
            isActive?: boolean;
            /** @description Answers requests that name no model. null: what config.yaml says. */
            defaultModel?: string | null;
        };
        NamedUsageDto: {
            requests: number;
            /** @description Requests that were refused or failed. */
            errors: number;
            /** @description Requests whose caller left before the end. */
            cancelled: number;
            promptTokens: number;
            completionTokens: number;
            /** @description Part of promptTokens. */
            cachedTokens: number;
            /** @description Part of completionTokens. */
            reasoningTokens: number;
            /**
             * @description Coins, exactly.
             * @example 12.500000001
             */
            cost: string;
            averageDurationMs: number | null;
            averageFirstByteMs: number | null;
            /** @description An hour (ISO, UTC), a local day or month, a weekday and local hour ("1-09": Monday), or what `by` asked for. */
            key: string;
            /** @description Address of a person, name of a client or key; null: it is gone, or there is none. */
            name: string | null;
        };
        AdminUsageDto: {
            period: components["schemas"]["ReportedPeriodDto"];
            totals: components["schemas"]["UsageSumsDto"];
            /** @description Of the period of the same length before; null with series=none. */
            previous: components["schemas"]["UsageSumsDto"] | null;
            /** @description Null with series=none. */
            change: components["schemas"]["UsageChangeDto"] | null;
            series: components["schemas"]["KeyedUsageDto"][];
            /** @enum {string} */
            by: "user" | "group" | "client" | "model" | "key" | "endpoint" | "source";
            items: components["schemas"]["NamedUsageDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        UsageSubjectDto: {
            /** @enum {string} */
            kind: "user" | "client" | "group";
            /** @description An id, or the name of a group. */
            id: string;
            /** @description Address of a person, name of a client or group; null: it is gone. */
            name: string | null;
        };
        AdminUsageChartDto: {
            period: components["schemas"]["ReportedPeriodDto"];
            totals: components["schemas"]["UsageSumsDto"];
            /** @description Of the period of the same length before. */
            previous: components["schemas"]["UsageSumsDto"];
            change: components["schemas"]["UsageChangeDto"];
            /** @enum {string} */
            metric: "cost" | "requests" | "tokens" | "errors";
            /**
             * @description As fits the length of the period.
             * @enum {string}
             */
            bucket: "hour" | "day" | "month";
            /** @description In order, empty ones too: hours (ISO, UTC), local days or local months. */
            buckets: string[];
            /** @description The five models that have most, and all others together if there are any. */
            series: components["schemas"]["ModelSeriesDto"][];
            /** @description How many models are counted together. */
            otherModels: number;
            /** @description The metric by weekday and local hour: 168, from Monday at 0. */
            week: number[];
            /** @description Whose; null: everybody’s. */
            subject: components["schemas"]["UsageSubjectDto"] | null;
        };
        UsagePeopleDto: {
            /** @description People with at least one request in the period. */
            active: number;
            /** @description In the period of the same length before. */
            previous: number;
            /** @description People who may sign in, whether they did or not. */
            total: number;
        };
        AdminLoggedRequestDto: {
            /** Format: uuid */
            id: string;
            /** @description As in the header x-request-id. */
            requestId: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: uuid */
            apiKeyId: string | null;
            /** @enum {string} */
            source: "api" | "chat";
            operation: string;
            model: string;
            isStream: boolean;
            status: number;
            errorCode: string | null;
            /** @enum {string} */
            outcome: "completed" | "cancelled" | "failed" | "refused";
            promptTokens: number | null;
            completionTokens: number | null;
            cachedTokens: number | null;
            reasoningTokens: number | null;
            firstByteMs: number | null;
            durationMs: number;
            /** @description Coins, exactly. */
            cost: string | null;
            /** @enum {string|null} */
            accuracy: "exact" | "estimated" | "partial" | null;
            /** @description Length of the audio that was billed. */
            audioMs: number | null;
            /** Format: uuid */
            userId: string | null;
            userEmail: string | null;
            /** Format: uuid */
            clientId: string | null;
            clientName: string | null;
            endpoint: string | null;
        };
        AdminRequestPageDto: {
            /** @description The latest first. */
            items: components["schemas"]["AdminLoggedRequestDto"][];
            /** @description `after` of the next page. */
            next: string | null;
        };
        ClientModelDto: {
            /** @description The `version` that was read before: a client changed since is not overwritten, but answered with 409 and in details.current. */
            basedOn?: string;
            /** @description Answers requests that name no model. null: what config.yaml says. */
            defaultModel: string | null;
        };
        ConfigurationValueDto: {
            path: string;
            /** @description In force; null for a secret. */
            value: Record<string, never> | null;
            isSecret: boolean;
            isSet: boolean;
            /** @enum {string} */
            source: "file" | "environment" | "default";
            /** @description The environment variable. */
            variable: string | null;
        };
        ConfigurationProblemDto: {
            /** @description As the file spells it; empty for the file as a whole. */
            path: string;
            message: string;
            found?: string;
            expected?: string;
            line: number | null;
            /** @description The path in the spelling of `values`. */
            field: string;
        };
        WaitingValueDto: {
            path: string;
            /** @description null for a secret and for lists. */
            inForce: Record<string, never> | null;
            /** @description null for a secret and for lists. */
            inFile: Record<string, never> | null;
            isSecret: boolean;
        };
        ConfigurationDto: {
            /** @description Of the file as it was read; a change has to name it. */
            version: string;
            /** @description The file, with masks such as <secret:…> for its secrets. */
            text: string;
            /** @description What the file says, in one spelling; null while it is no valid YAML. */
            values: {
                [key: string]: unknown;
            } | null;
            effective: components["schemas"]["ConfigurationValueDto"][];
            problems: components["schemas"]["ConfigurationProblemDto"][];
            warnings: components["schemas"]["ConfigurationProblemDto"][];
            /**
             * @description Why nothing can be changed.
             * @enum {string|null}
             */
            readOnly: "managed" | "not_writable" | "mounted" | "too_large" | null;
            /** @description Keys that wait for a restart. */
            restartPending: string[];
            /** @description The same keys with their values. */
            restartValues: components["schemas"]["WaitingValueDto"][];
        };
        ConfigurationFieldDto: {
            /** @description As YAML spells it; empty for items and entries. */
            name: string;
            /** @enum {string} */
            kind: "section" | "mapping" | "list" | "boolean" | "number" | "text" | "choice" | "any";
            doc: string;
            /** @description What may stand there, in words. */
            allowed: string;
            unit: string;
            /** @description The default in words; empty for a section. */
            defaultText: string;
            /** @description The default as a value. */
            default: Record<string, never> | null;
            required: boolean;
            /** @enum {string} */
            reload: "hot" | "restart";
            /** @description The environment variable that wins over the file. */
            env: string;
            /** @description Never shown: kept, set or removed. */
            secret: boolean;
            choices: (string | number)[];
            /** @description The keys of a section. */
            fields: components["schemas"]["ConfigurationFieldDto"][];
            /** @description An item or an entry. */
            item?: components["schemas"]["ConfigurationFieldDto"];
            /** @description What the names of a mapping are. */
            entryName: string;
            /** @description Entries that stand directly in the section. */
            rest?: components["schemas"]["ConfigurationFieldDto"];
            /** @description The key that names an item of a list. */
            identity: string;
        };
        ConfigurationSchemaDto: {
            fields: components["schemas"]["ConfigurationFieldDto"][];
        };
        DraftConfigurationDto: {
            text?: string;
            /** @description Each has a path (a list of names and numbers) and a value (null: the default), or a name. */
            changes?: {
                [key: string]: unknown;
            }[];
        };
        ConfigurationDiffLineDto: {
            /** @enum {string} */
            kind: "same" | "added" | "removed" | "gap";
            text: string;
            before: number | null;
            after: number | null;
        };
        ChangedKeyDto: {
            path: string;
            /** @enum {string} */
            reload: "hot" | "restart";
        };
        CheckedConfigurationDto: {
            isValid: boolean;
            isChanged: boolean;
            problems: components["schemas"]["ConfigurationProblemDto"][];
            warnings: components["schemas"]["ConfigurationProblemDto"][];
            diff: components["schemas"]["ConfigurationDiffLineDto"][];
            changes: components["schemas"]["ChangedKeyDto"][];
            /** @description The file there would be, with masks. */
            text: string;
            /** @description Roles that you would lose with it. */
            lostRoles: string[];
        };
        SaveConfigurationDto: {
            text?: string;
            /** @description Each has a path (a list of names and numbers) and a value (null: the default), or a name. */
            changes?: {
                [key: string]: unknown;
            }[];
            /** @description The version the draft was made from. */
            version: string;
        };
        ConfigurationBackupDto: {
            id: string;
            /**
             * Format: date-time
             * @description When it was replaced.
             */
            at: string;
            bytes: number;
        };
        ConfigurationHistoryDto: {
            items: components["schemas"]["ConfigurationBackupDto"][];
        };
        RollBackConfigurationDto: {
            version: string;
        };
        KeyCountersDto: {
            /** Format: uuid */
            keyId: string;
            /** @description Requests since the key was made, refused ones included. */
            requests: number;
            promptTokens: number;
            completionTokens: number;
        };
        KeyCountersListDto: {
            /** @description A key that was never used is missing. */
            counters: components["schemas"]["KeyCountersDto"][];
        };
        EffectiveGroupDto: {
            name: string;
            /**
             * @description Why the owner is in the group.
             * @enum {string}
             */
            because: "everyone" | "configuration" | "dev_user" | "manual" | "rule";
        };
        EffectiveAccessDto: {
            items: components["schemas"]["ModelStandingDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
            /** @description The e-mail address of a user, the name of a client. */
            ownerName: string;
            /** @description The active groups that have a say. */
            groups: components["schemas"]["EffectiveGroupDto"][];
        };
        GroupMembershipDto: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
            isActive: boolean;
            /** @enum {string} */
            because: "everyone" | "configuration" | "dev_user" | "manual" | "rule";
        };
        GroupMembershipPageDto: {
            items: components["schemas"]["GroupMembershipDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        GroupRuleDto: {
            /** @description The claim: affiliation, member_of, idp, ou or any other. */
            field: string;
            /** @description A part of the claim. */
            contains?: string | null;
            /** @description The whole claim. */
            equals?: string | null;
        };
        ModelAccessDto: {
            /**
             * @description For models no list names.
             * @enum {string|null}
             */
            default?: "allowed" | "needs_ack" | "blocked" | null;
            allowed?: string[];
            needsAck?: string[];
            blocked?: string[];
        };
        GroupDto: {
            name: string;
            description: string;
            isActive: boolean;
            /**
             * @description file: managed by config.yaml.
             * @enum {string}
             */
            source: "file" | "console";
            rules: components["schemas"]["GroupRuleDto"][];
            modelAccess: components["schemas"]["ModelAccessDto"];
            coins: components["schemas"]["BudgetPolicyDto"] | null;
            tokens: {
                [key: string]: components["schemas"]["BudgetPolicyDto"];
            };
            /** @description Tells this state of the group from a later one. */
            version: string;
        };
        GroupPageDto: {
            items: components["schemas"]["GroupDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        CreateGroupDto: {
            description?: string;
            /** @description A group that is not active gives nothing. */
            isActive?: boolean;
            /** @description Who matches every rule is a member. Each has either contains or equals. */
            rules?: components["schemas"]["GroupRuleDto"][];
            modelAccess?: components["schemas"]["ModelAccessDto"];
            coins?: components["schemas"]["BudgetPolicyDto"] | null;
            /** @description By model; `default` for all models without an entry. */
            tokens?: {
                [key: string]: components["schemas"]["BudgetPolicyDto"];
            };
            name: string;
        };
        DraftGroupDto: {
            /** @description A group whose rules are to change, if any. */
            name?: string;
            isActive?: boolean;
            rules: components["schemas"]["GroupRuleDto"][];
        };
        TestGroupsDto: {
            /**
             * @description What an identity provider would say about somebody.
             * @example {
             *       "affiliation": "staff@illinois.edu;member@illinois.edu"
             *     }
             */
            claims: {
                [key: string]: unknown;
            };
            /** @description Whose configured groups count as well. */
            email?: string;
            /** @description A group as it might become. */
            draft?: components["schemas"]["DraftGroupDto"];
        };
        TestedGroupDto: {
            name: string;
            /**
             * @description Why; the first reason that applies.
             * @enum {string}
             */
            because: "everyone" | "configuration" | "dev_user" | "manual" | "rule";
            /**
             * @description Where the group is defined.
             * @enum {string}
             */
            source: "file" | "console";
            coins: components["schemas"]["BudgetPolicyDto"] | null;
            tokens: {
                [key: string]: components["schemas"]["BudgetPolicyDto"];
            };
        };
        WonPolicyDto: {
            unit: components["schemas"]["BudgetUnit"];
            /** @description The model it is for; null: all. */
            model: string | null;
            /** @description blocked: max is 0. */
            kind: components["schemas"]["BudgetKind"];
            /**
             * @description Whose policy it is.
             * @example group faculty
             */
            source: string;
            /**
             * @description The most it holds, in its unit; 0 unless limited.
             * @example 20
             */
            max: string;
            /**
             * @description Added per hour.
             * @example 0.05
             */
            refresh: string;
            /** @description Put into a new pool. */
            starting: string;
        };
        DraftEffectDto: {
            name: string;
            /** @description Whether the rules match the claims. */
            matches: boolean;
            /** @description Members there would be. */
            members: number;
            /** @description People who are not in the group now and would be. */
            joining: number;
            /** @description People who are in the group now and would no longer be. */
            leaving: number;
            /** @description Active people who were looked at, by their last login. */
            knownUsers: number;
        };
        GroupTestDto: {
            /** @description The groups, the draft in force. */
            groups: components["schemas"]["TestedGroupDto"][];
            /** @description Every model, and what decides about it. */
            models: components["schemas"]["ModelStandingDto"][];
            /** @description The budget policies that would win. */
            budgets: components["schemas"]["WonPolicyDto"][];
            draft: components["schemas"]["DraftEffectDto"] | null;
        };
        ChangeGroupDto: {
            description?: string;
            /** @description A group that is not active gives nothing. */
            isActive?: boolean;
            /** @description Who matches every rule is a member. Each has either contains or equals. */
            rules?: components["schemas"]["GroupRuleDto"][];
            modelAccess?: components["schemas"]["ModelAccessDto"];
            coins?: components["schemas"]["BudgetPolicyDto"] | null;
            /** @description By model; `default` for all models without an entry. */
            tokens?: {
                [key: string]: components["schemas"]["BudgetPolicyDto"];
            };
            /** @description The `version` that was read before: a group changed since is not overwritten, but answered with 409 and in details.current. */
            basedOn?: string;
        };
        MeWithBudgetsDto: {
            /** Format: uuid */
            id: string;
            /**
             * @description A person, or an application.
             * @enum {string}
             */
            kind: "user" | "client";
            /** @description Empty for a client. */
            email: string;
            name: string;
            /** @description One or two letters for an avatar. */
            initials: string;
            roles: ("user" | "admin" | "engineer" | "superadmin" | "auditor")[];
            /** @description Goes in x-csrf-token with every request that changes something; empty for API keys. */
            csrfToken: string;
            /** @description Whether there is a client that this person manages. */
            managesClients: boolean;
            /** @description Coins first, then tokens. */
            budgets: components["schemas"]["BudgetDto"][];
        };
        CheckBarDto: {
            /** Format: date-time */
            startsAt: string;
            ok: number;
            failed: number;
            lastError: string | null;
        };
        CheckedEndpointDto: {
            id: string;
            model: string;
            url: string;
            /**
             * @description trial: left out, and tried again now.
             * @enum {string}
             */
            status: "up" | "trial" | "down";
            /** @description Requests under way here, from this replica. */
            inFlight: number;
            /** @description Requests that wait for any endpoint of the model. */
            waiting: number;
            /** @description Failures in a row, of requests and checks. */
            consecutiveFailures: number;
            /** Format: date-time */
            ejectedUntil: string | null;
            /** Format: date-time */
            checkedAt: string | null;
            /** @description Of the last check. */
            latencyMs: number | null;
            /** @description Of the last check that failed. */
            lastError: string | null;
            /** @description 90 of them, oldest first. */
            bars: components["schemas"]["CheckBarDto"][];
        };
        CheckedEndpointPageDto: {
            items: components["schemas"]["CheckedEndpointDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        TestEndpointDto: {
            /** @description Ask for a streamed answer. */
            stream?: boolean;
        };
        AdministeredEndpointDto: {
            id: string;
            url: string;
            /** @description The name the backend knows the model by. */
            upstreamModel: string;
            weight: number;
            /** @description null: no limit. */
            maxConcurrent: number | null;
            /** @enum {string} */
            status: "up" | "trial" | "down";
        };
        AdministeredModelDto: {
            /** @description The id, which may contain slashes. */
            model: string;
            description: string | null;
            /** @description Shown wherever it is chosen. */
            notice: string | null;
            /** @description A page about the model. */
            url: string | null;
            /** @description Tokens. */
            contextWindow: number | null;
            /** @description Tokens. */
            maxOutputTokens: number | null;
            /** @example 2024-06 */
            knowledgeCutoff: string | null;
            supportsReasoning: boolean;
            supportsFunctionCalling: boolean;
            inputModalities: string[];
            outputModalities: string[];
            /** @description Coins per million tokens. */
            inputCostPerMillion: number;
            /** @description Coins per million tokens. */
            outputCostPerMillion: number;
            /** @description Coins per million input tokens that the backend had cached. */
            cachedInputCostPerMillion: number;
            /** @description null: audio is billed by tokens. */
            audioCostPerHour: number | null;
            /**
             * @description Where it is described, and changed.
             * @enum {string}
             */
            source: "file" | "provider" | "fallback";
            /** @description Of a model of a provider. */
            providerId: string | null;
            isDisabled: boolean;
            /** @description null: the defaults decide. */
            access: string | null;
            needsAck: boolean;
            /** @description null: that of the defaults. */
            ackMessage: string | null;
            routing: string;
            fallbacks: string[];
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            endpoints: components["schemas"]["AdministeredEndpointDto"][];
        };
        AdministeredModelPageDto: {
            items: components["schemas"]["AdministeredModelDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        ModelCardDto: {
            /** @description The id, which may contain slashes. */
            model: string;
            description: string | null;
            /** @description Shown wherever it is chosen. */
            notice: string | null;
            /** @description A page about the model. */
            url: string | null;
            /** @description Tokens. */
            contextWindow: number | null;
            /** @description Tokens. */
            maxOutputTokens: number | null;
            /** @example 2024-06 */
            knowledgeCutoff: string | null;
            supportsReasoning: boolean;
            supportsFunctionCalling: boolean;
            inputModalities: string[];
            outputModalities: string[];
            /** @description Coins per million tokens. */
            inputCostPerMillion: number;
            /** @description Coins per million tokens. */
            outputCostPerMillion: number;
            /** @description Coins per million input tokens that the backend had cached. */
            cachedInputCostPerMillion: number;
            /** @description null: audio is billed by tokens. */
            audioCostPerHour: number | null;
            /**
             * @description In the chat, now.
             * @enum {string}
             */
            access: "allowed" | "needs_ack" | "blocked";
            /**
             * @description The rule that decided.
             * @enum {string}
             */
            rule: "model_disabled" | "own_list" | "group_list" | "model_access" | "group_default" | "own_default" | "global_default" | "key_limit";
            /**
             * @description Whose setting it is.
             * @example group staff
             */
            scope: string;
            /** @example blocked: listed under model_access.blocked of group staff */
            explanation: string;
            /** @description Null where the rules ask for none. */
            acknowledgement: components["schemas"]["AcknowledgementTextDto"] | null;
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            /** @description Endpoints that are expected to work. */
            healthyEndpoints: number;
            endpoints: number;
            /** @description How busy it is: 0 nothing is under way, 4 one has to wait; null: not known. */
            load: number | null;
        };
        ModelCardListDto: {
            /** @description In the order of the catalogue. */
            models: components["schemas"]["ModelCardDto"][];
        };
        ModelRequestsDto: {
            /** @description An hour ("2026-11-21T10:00:00.000Z") or a day ("2026-11-21"). */
            key: string;
            requests: number;
            errors: number;
        };
        EndpointAddressDto: {
            url: string;
            /** @enum {string} */
            status: "up" | "trial" | "down";
        };
        ModelPageDto: {
            /** @description The id, which may contain slashes. */
            model: string;
            description: string | null;
            /** @description Shown wherever it is chosen. */
            notice: string | null;
            /** @description A page about the model. */
            url: string | null;
            /** @description Tokens. */
            contextWindow: number | null;
            /** @description Tokens. */
            maxOutputTokens: number | null;
            /** @example 2024-06 */
            knowledgeCutoff: string | null;
            supportsReasoning: boolean;
            supportsFunctionCalling: boolean;
            inputModalities: string[];
            outputModalities: string[];
            /** @description Coins per million tokens. */
            inputCostPerMillion: number;
            /** @description Coins per million tokens. */
            outputCostPerMillion: number;
            /** @description Coins per million input tokens that the backend had cached. */
            cachedInputCostPerMillion: number;
            /** @description null: audio is billed by tokens. */
            audioCostPerHour: number | null;
            /**
             * @description In the chat, now.
             * @enum {string}
             */
            access: "allowed" | "needs_ack" | "blocked";
            /**
             * @description The rule that decided.
             * @enum {string}
             */
            rule: "model_disabled" | "own_list" | "group_list" | "model_access" | "group_default" | "own_default" | "global_default" | "key_limit";
            /**
             * @description Whose setting it is.
             * @example group staff
             */
            scope: string;
            /** @example blocked: listed under model_access.blocked of group staff */
            explanation: string;
            /** @description Null where the rules ask for none. */
            acknowledgement: components["schemas"]["AcknowledgementTextDto"] | null;
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            /** @description Endpoints that are expected to work. */
            healthyEndpoints: number;
            endpoints: number;
            /** @description How busy it is: 0 nothing is under way, 4 one has to wait; null: not known. */
            load: number | null;
            /** @description Of everybody, the last 24 hours. */
            hours: components["schemas"]["ModelRequestsDto"][];
            /** @description Of everybody, the last 30 days. */
            days: components["schemas"]["ModelRequestsDto"][];
            /** @description For engineers and administrators; null for others. */
            addresses: components["schemas"]["EndpointAddressDto"][] | null;
        };
        ModelReadmeDto: {
            /** @description Markdown; null: it cannot be had. */
            text: string | null;
            /** @description Where it was read. */
            source: string | null;
        };
        RefreshModelsDto: {
            /** @description Left out: all models. */
            model?: string;
        };
        AskedEndpointDto: {
            id: string;
            /** @description Where it was asked. */
            url: string;
            latencyMs: number;
            /** @description null: it answered. */
            problem: string | null;
        };
        /** @enum {string} */
        RefreshedField: "description" | "contextWindow" | "maxOutputTokens" | "supportsReasoning" | "supportsFunctionCalling" | "inputModalities" | "outputModalities";
        ModelProposalDto: {
            field: components["schemas"]["RefreshedField"];
            /** @description null: nothing is known so far. */
            current: (string | number | boolean | string[]) | null;
            proposed: string | number | boolean | string[];
            /** @description Address of the endpoint that says so. */
            source: string;
        };
        ModelRefreshDto: {
            model: string;
            /**
             * @description provider: values can be applied; file: they are written into config.yaml by hand.
             * @enum {string}
             */
            describedIn: "file" | "provider" | "fallback";
            endpoints: components["schemas"]["AskedEndpointDto"][];
            proposals: components["schemas"]["ModelProposalDto"][];
            /** @description Lines for config.yaml. */
            yaml: string | null;
        };
        ModelRefreshListDto: {
            models: components["schemas"]["ModelRefreshDto"][];
        };
        ModelFactsDto: {
            description?: string;
            /** @description Tokens. */
            contextWindow?: number;
            /** @description Tokens. */
            maxOutputTokens?: number;
            supportsReasoning?: boolean;
            supportsFunctionCalling?: boolean;
            inputModalities?: string[];
            outputModalities?: string[];
        };
        ApplyModelFactsDto: {
            /** @example openai/gpt-4o */
            model: string;
            values: components["schemas"]["ModelFactsDto"];
        };
        DescribedModelDto: {
            /** @description The id, which may contain slashes. */
            model: string;
            description: string | null;
            /** @description Shown wherever it is chosen. */
            notice: string | null;
            /** @description A page about the model. */
            url: string | null;
            /** @description Tokens. */
            contextWindow: number | null;
            /** @description Tokens. */
            maxOutputTokens: number | null;
            /** @example 2024-06 */
            knowledgeCutoff: string | null;
            supportsReasoning: boolean;
            supportsFunctionCalling: boolean;
            inputModalities: string[];
            outputModalities: string[];
        };
        TroubledModelDto: {
            model: string;
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            /** @description Endpoints that work. */
            working: number;
            endpoints: number;
        };
        FailingModelDto: {
            /** @description Empty: models that do not exist. */
            model: string;
            /** @description Requests in the last 24 hours. */
            requests: number;
            /** @description Those that failed or were refused. */
            errors: number;
        };
        OverviewDto: {
            /** @description Of the local day, up to now. */
            today: components["schemas"]["UsageSumsDto"];
            /** @description Of the day before, up to the same hour. */
            yesterday: components["schemas"]["UsageSumsDto"];
            /** @description People with a request today. */
            peopleToday: number;
            /** @description People with a request yesterday, up to the same hour. */
            peopleYesterday: number;
            /** @description Models that are not disabled. */
            models: number;
            /** @description Degraded or down, as known here. */
            troubled: components["schemas"]["TroubledModelDto"][];
            /** @description Of the last 24 hours, the worst first. */
            failing: components["schemas"]["FailingModelDto"][];
        };
        /** @enum {string} */
        ResolutionStepName: "file" | "provider" | "bare_name" | "client_default" | "governance_default" | "default_provider" | "first_provider" | "fallback";
        /** @enum {string} */
        ResolutionOutcome: "found" | "nothing" | "not_reached" | "not_asked";
        ResolutionStepDto: {
            step: components["schemas"]["ResolutionStepName"];
            outcome: components["schemas"]["ResolutionOutcome"];
            /** @description What is set there; null: nothing. */
            value: string | null;
        };
        ResolvedPriceDto: {
            /** @description Coins per million tokens. */
            input: number;
            /** @description Coins per million tokens. */
            output: number;
            /** @description Coins per million tokens. */
            cachedInput: number;
            audioPerHour: number | null;
        };
        ResolutionDto: {
            /** @enum {string} */
            result: "model" | "unknown" | "no_default";
            /** @description What would answer. */
            model: string | null;
            steps: components["schemas"]["ResolutionStepDto"][];
            /** @description Null: there is no model. */
            standing: components["schemas"]["ModelStandingDto"] | null;
            price: components["schemas"]["ResolvedPriceDto"] | null;
        };
        QuantilesDto: {
            /** @description How many requests these are of. */
            count: number;
            /** @description Within a twentieth of what is exact. */
            p50Ms: number | null;
            /** @description Within a twentieth of what is exact. */
            p95Ms: number | null;
        };
        LatenciesDto: {
            /** @description Until the first bytes of a stream. */
            firstToken: components["schemas"]["QuantilesDto"];
            /** @description Until the end of an answer that was completed. */
            whole: components["schemas"]["QuantilesDto"];
        };
        ModelLatenciesDto: {
            /** @description Until the first bytes of a stream. */
            firstToken: components["schemas"]["QuantilesDto"];
            /** @description Until the end of an answer that was completed. */
            whole: components["schemas"]["QuantilesDto"];
            model: string;
        };
        UsageLatenciesDto: {
            /** @description Null where it is about some people, clients, keys or endpoints: not told apart. */
            total: components["schemas"]["LatenciesDto"] | null;
            /** @description Those that answered most come first. */
            models: components["schemas"]["ModelLatenciesDto"][];
        };
        MonthProjectionDto: {
            /**
             * Format: date-time
             * @description The month of `tz` that is not over.
             */
            from: string;
            /**
             * Format: date-time
             * @description Not included.
             */
            to: string;
            /**
             * @description Coins so far.
             * @example 812.5
             */
            spent: string;
            /**
             * @description Coins at the end, if the rest of it goes on at the pace of the last days.
             * @example 1250
             */
            projected: string;
            /** @description How many days that pace is of: four weeks, or what there is. */
            paceDays: number;
        };
        PeopleGrowthDto: {
            /** @enum {string} */
            bucket: "hour" | "day" | "month";
            /** @description In order: hours (ISO, UTC), local days or months. */
            buckets: string[];
            /** @description People there were before the first bucket. */
            before: number;
            /** @description Who came, by bucket. */
            joined: number[];
        };
        UsageOutlookDto: {
            month: components["schemas"]["MonthProjectionDto"];
            /** @description Null where only some people, clients or requests are asked for. */
            people: components["schemas"]["PeopleGrowthDto"] | null;
        };
        CoinsLeftDto: {
            /** @enum {string} */
            kind: "limited" | "unlimited" | "blocked";
            /** @example 31.4 */
            available: string;
            /** @example 50 */
            max: string;
        };
        UsageRowDto: {
            key: string;
            /** @description One amount for each hour of two days or day (UTC) of more, in order; costs in coins. Null: not known without reading everybody’s. */
            trend: number[] | null;
            /** @description Coins for all models, of people and clients; null: nothing gives any. */
            coins: components["schemas"]["CoinsLeftDto"] | null;
        };
        UsageRowsDto: {
            /** @description In the order of `of`. */
            items: components["schemas"]["UsageRowDto"][];
        };
        ListedUserDto: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
            isActive: boolean;
            roles: ("user" | "admin" | "engineer" | "superadmin" | "auditor")[];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastLoginAt: string | null;
            /**
             * Format: date-time
             * @description The latest of logins, open sessions and uses of keys.
             */
            lastActiveAt: string | null;
            /** @description The active groups. */
            groups: string[];
            /** @description Null: nothing gives coins. */
            coins: components["schemas"]["CoinsLeftDto"] | null;
            /**
             * @description Coins spent in the last 30 days.
             * @example 12.5
             */
            spent30d: string;
        };
        UserPageDto: {
            items: components["schemas"]["ListedUserDto"][];
            /** @description How many there are on all pages. */
            total: number;
            page: number;
            pageSize: number;
        };
        SourcedRoleDto: {
            /** @enum {string} */
            role: "user" | "admin" | "engineer" | "superadmin" | "auditor";
            /** @description everyone: all have it; configuration: config.yaml names the person; granted: by a superadmin; implied: it follows from another role. */
            sources: ("everyone" | "configuration" | "granted" | "implied")[];
        };
        MembershipDto: {
            name: string;
            /**
             * @description Why; the first reason that applies.
             * @enum {string}
             */
            because: "everyone" | "configuration" | "dev_user" | "manual" | "rule";
            /**
             * @description Where the group is defined.
             * @enum {string}
             */
            source: "file" | "console";
        };
        UserDetailsDto: {
            /** Format: uuid */
            id: string;
            /** Format: email */
            email: string;
            name: string;
            isActive: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastLoginAt: string | null;
            /** @description The identity provider. */
            issuer: string | null;
            /** @description Who the person is at the provider. */
            subject: string | null;
            roles: components["schemas"]["SourcedRoleDto"][];
            /** @description Granted by a superadmin. */
            grantedRoles: ("admin" | "engineer" | "superadmin" | "auditor")[];
            groups: components["schemas"]["MembershipDto"][];
            /** @description What the provider said at the last login; rules decide by it. */
            claims: {
                [key: string]: unknown;
            } | null;
        };
        UpdateUserDto: {
            /** @description false ends the person’s sessions and stops their keys, at once and everywhere. */
            isActive: boolean;
        };
        SetRolesDto: {
            /** @description The roles granted to the person, in place of those granted before. Roles that config.yaml gives stay: only the file takes them away. */
            roles: ("admin" | "engineer" | "superadmin" | "auditor")[];
        };
        HealthDto: {
            /** @enum {string} */
            status: "ok" | "down" | "draining";
            version: string;
            /** @description Seconds since the process started. */
            uptimeS: number;
            checks: {
                [key: string]: components["schemas"]["HealthReportDto"];
            };
        };
        RedisHealthDto: {
            /**
             * @description degraded: Redis does not answer, and every replica counts requests for itself.
             * @enum {string}
             */
            status: "ok" | "degraded" | "not_configured";
        };
        LivenessDto: {
            /** @enum {string} */
            status: "ok";
        };
        ModelCountsDto: {
            total: number;
            /** @description All endpoints work. */
            ok: number;
            /** @description Some endpoints work. */
            degraded: number;
            /** @description No endpoint works, or there is none. */
            down: number;
        };
        EndpointHealthDto: {
            id: string;
            url: string;
            /**
             * @description trial: it was left out, and the next request decides whether it works again.
             * @enum {string}
             */
            status: "up" | "trial" | "down";
            /** @description Of the last probe. */
            latencyMs: number | null;
            /** Format: date-time */
            probedAt: string | null;
            /** @description Why the last probe failed. */
            error: string | null;
            /** @description Failures in a row, of requests and probes. */
            consecutiveFailures: number;
            /** @description Requests under way here, from this replica. */
            inFlight: number;
            /**
             * Format: date-time
             * @description Left out so long.
             */
            ejectedUntil: string | null;
        };
        ModelHealthDto: {
            model: string;
            /** @enum {string} */
            status: "ok" | "degraded" | "down";
            /** @description Requests that wait for an endpoint, at this replica. */
            waiting: number;
            endpoints: components["schemas"]["EndpointHealthDto"][];
        };
        InferenceHealthDto: {
            /**
             * @description ok: all models are; down: all models are.
             * @enum {string}
             */
            status: "ok" | "degraded" | "down";
            models: components["schemas"]["ModelCountsDto"];
            /** @description For administrators, engineers and the monitoring token. */
            details?: components["schemas"]["ModelHealthDto"][];
        };
        HelpTopicDto: {
            /** @example budgets */
            id: string;
            title: string;
            /**
             * @description Whom it is written for; everybody may read it.
             * @enum {string}
             */
            audience: "users" | "developers" | "administrators" | "engineers" | "operators";
            /** @description Where the words are; of a search. */
            snippet: string | null;
        };
        HelpDto: {
            topics: components["schemas"]["HelpTopicDto"][];
            /**
             * @description Of Lumen.
             * @example 1.0.0
             */
            version: string;
        };
        HelpPageDto: {
            /** @example budgets */
            id: string;
            title: string;
            /** @description Markdown. Links that begin with /help/ lead to other pages; pictures are below /api/help/pictures/. */
            text: string;
        };
        HealthReportDto: {
            ok: boolean;
            detail?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Clients_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "name" | "createdAt" | "updatedAt" | "isActive";
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientPageDto"];
                };
            };
        };
    };
    Clients_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    Clients_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateClientDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    ClientManagers_add: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientPersonEmailDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    ClientManagers_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ClientManagers_transfer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientPersonEmailDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    ApiKeys_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyListDto"];
                };
            };
        };
    };
    ApiKeys_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyDto"];
                };
            };
        };
    };
    ApiKeys_rotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateApiKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyDto"];
                };
            };
        };
    };
    ApiKeys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Bootstrap_bootstrap: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BootstrapDto"];
                };
            };
        };
    };
    ClientKeys_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyListDto"];
                };
            };
        };
    };
    ClientKeys_create: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateApiKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyDto"];
                };
            };
        };
    };
    ClientKeys_rotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                clientId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RotateApiKeyDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKeyDto"];
                };
            };
        };
    };
    ClientKeys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Login_start: {
        parameters: {
            query?: {
                /** @description The page to go to afterwards. */
                returnTo?: unknown;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the identity provider; in development to the page, with a session. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Login_finish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where the identity provider sends people back, and on to their page. */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Login_end: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended, here and in the database. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    MyGroups_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyGroupsDto"];
                };
            };
        };
    };
    Sessions_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionListDto"];
                };
            };
        };
    };
    Sessions_endOthers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessionsDto"];
                };
            };
        };
    };
    Sessions_endOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Terms_mine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyTermsDto"];
                };
            };
        };
    };
    Terms_accept: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptTermsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyTermsDto"];
                };
            };
        };
    };
    Announcements_mine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownAnnouncementListDto"];
                };
            };
        };
    };
    Announcements_everyones: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownAnnouncementListDto"];
                };
            };
        };
    };
    Providers_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderListDto"];
                };
            };
        };
    };
    ProviderAdministration_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProviderDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderDetailDto"];
                };
            };
        };
    };
    Providers_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderModelListDto"];
                };
            };
        };
    };
    ProviderAdministration_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderDetailListDto"];
                };
            };
        };
    };
    ProviderAdministration_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ProviderAdministration_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProviderDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderDetailDto"];
                };
            };
        };
    };
    ProviderAdministration_removeByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ProviderAdministration_models: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskProviderDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackendModelListDto"];
                };
            };
        };
    };
    ProviderAdministration_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestProviderDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderTestResultDto"];
                };
            };
        };
    };
    ClientModels_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelStandingListDto"];
                };
            };
        };
    };
    ClientModels_acknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveAcknowledgementDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelStandingDto"];
                };
            };
        };
    };
    MyModels_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelStandingListDto"];
                };
            };
        };
    };
    MyModels_acknowledge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveAcknowledgementDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelStandingDto"];
                };
            };
        };
    };
    MyBudgets_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Coins first, then tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetDto"][];
                };
            };
        };
    };
    MyLedger_page: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
            };
            header?: never;
            path: {
                poolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerPageDto"];
                };
            };
        };
    };
    Usage_own: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                by?: "hour" | "day" | "month" | "weekday_hour" | "model" | "key" | "source";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnUsageDto"];
                };
            };
        };
    };
    Usage_chart: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                metric?: "cost" | "requests" | "tokens" | "errors";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageChartDto"];
                };
            };
        };
    };
    Usage_requests: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                outcome?: "completed" | "cancelled" | "failed" | "refused";
                status?: number;
                /** @description `next` of the page before. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPageDto"];
                };
            };
        };
    };
    Usage_export: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                outcome?: "completed" | "cancelled" | "failed" | "refused";
                status?: number;
                /** @description Sums by day, key, model and source; or one line a request, as far as they are kept. */
                detail?: "days" | "requests";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One line a day, key, model and source; or one a request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    UsageTrends_own: {
        parameters: {
            query: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                metric?: "cost" | "requests" | "tokens" | "errors";
                /** @description Keys of the rows. */
                of: string[];
                by: "model" | "source" | "key";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageTrendsDto"];
                };
            };
        };
    };
    V1Audio_transcribe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description OpenAI's request for a transcription. */
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    model?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The transcription as `response_format` says, or its pieces as server-sent events with `stream`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Audio_translate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description OpenAI's request for a translation into English. */
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                    model?: string;
                } & {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description The translation as `response_format` says. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Completions_chat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OpenAI's chat completion, or its chunks as server-sent events with `stream`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Completions_complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OpenAI's text completion, or its chunks as server-sent events with `stream`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Completions_embed: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OpenAI's list of embeddings. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Completions_rerank: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The backend's ranking. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Completions_score: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The backend's scores. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Messages_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description A message, or its events as server-sent events with `stream`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Messages_countTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Lumen's estimate; nothing is charged. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InputTokensDto"];
                };
            };
        };
    };
    V1Models_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["V1ModelListDto"];
                };
            };
        };
    };
    V1Models_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the model; may contain slashes. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["V1ModelDto"];
                };
            };
        };
    };
    V1Responses_respond: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OpenAI's response, or its events as server-sent events with `stream`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Responses_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always: Lumen keeps no responses. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    V1Responses_delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Always: Lumen keeps no responses. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Answers_follow: {
        parameters: {
            query?: never;
            header?: {
                /** @description Goes on after that event. */
                "last-event-id"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `piece` events `{"content","reasoning"}` to be appended, then one `end` event, a MessageDto. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Answers_stop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    Attachments_upload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentDto"];
                };
            };
        };
    };
    Attachments_download: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file as it was given; images may be shown, others are saved. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Attachments_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ChatEvents_describe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatOptionsDto"];
                };
            };
        };
    };
    ChatEvents_follow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What changes for the caller, wherever: `conversation` (a ConversationSummaryDto), `conversation-removed` `{"id"}`, `folders`, `budget`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ChatModels_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatModelListDto"];
                };
            };
        };
    };
    Folders_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderListDto"];
                };
            };
        };
    };
    Folders_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameFolderDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderDto"];
                };
            };
        };
    };
    Folders_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Folders_rename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NameFolderDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FolderDto"];
                };
            };
        };
    };
    Presets_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetListDto"];
                };
            };
        };
    };
    Presets_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavePresetDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetDto"];
                };
            };
        };
    };
    Presets_save: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SavePresetDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresetDto"];
                };
            };
        };
    };
    Presets_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Search_search: {
        parameters: {
            query: {
                /** @description Words; all must be there. */
                q: string;
                in?: "active" | "archived" | "all";
                /** @description Only those that are pinned. */
                isPinned?: "true";
                folderId?: string;
                /** @description Only conversations in which it answered. */
                model?: string;
                /** @description Only conversations in which something was said since, and messages since. */
                since?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResultDto"];
                };
            };
        };
    };
    Shares_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareListDto"];
                };
            };
        };
    };
    Shares_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShareDto"];
                };
            };
        };
    };
    Shares_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Shares_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedConversationDto"];
                };
            };
        };
    };
    Transfer_exportOne: {
        parameters: {
            query?: {
                format?: "markdown" | "json";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Transfer_exportAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A ZIP file, while it is made. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Transfer_import: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** Format: binary */
                    file?: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResultDto"];
                };
            };
        };
    };
    TemporaryChat_complete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description OpenAI's chunks as server-sent events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Messages_list: {
        parameters: {
            query?: {
                /** @description Those before this message, in its branch. Left out: the newest. */
                before?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePageDto"];
                };
            };
        };
    };
    Messages_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedMessageDto"];
                };
            };
        };
    };
    Messages_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedMessageDto"];
                };
            };
        };
    };
    Conversations_list: {
        parameters: {
            query?: {
                /** @description recent: neither pinned nor archived; with folderId: all that is not archived. */
                view?: "recent" | "pinned" | "archived";
                folderId?: string;
                /** @description `nextCursor` of the page before. */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPageDto"];
                };
            };
        };
    };
    Questions_begin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginConversationDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedDto"];
                };
            };
        };
    };
    Questions_ask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskFurtherDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedDto"];
                };
            };
        };
    };
    Questions_answerAgain: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskModelsDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AskedDto"];
                };
            };
        };
    };
    Questions_continue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageDto"];
                };
            };
        };
    };
    Conversations_open: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenConversationDto"];
                };
            };
        };
    };
    Conversations_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Conversations_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConversationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDto"];
                };
            };
        };
    };
    Conversations_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDto"];
                };
            };
        };
    };
    Conversations_fork: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForkConversationDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationDto"];
                };
            };
        };
    };
    AdminAnnouncements_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementListDto"];
                };
            };
        };
    };
    AdminAnnouncements_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveAnnouncementDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementDto"];
                };
            };
        };
    };
    AdminAnnouncements_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeAnnouncementDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnnouncementDto"];
                };
            };
        };
    };
    AdminAnnouncements_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    AdminTerms_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedTermsListDto"];
                };
            };
        };
    };
    AdminTerms_publish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublishTermsDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PublishedTermsDto"];
                };
            };
        };
    };
    AdminTerms_withdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Account_delete: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteAccountDto"];
            };
        };
        responses: {
            /** @description It is gone, and so is this session. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Audit_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "at" | "action" | "actorName" | "objectName";
                order?: "asc" | "desc";
                from?: string;
                /** @description Not included. */
                to?: string;
                actorId?: string;
                action?: string;
                objectKind?: string;
                objectId?: string;
                outcome?: "done" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPageDto"];
                };
            };
        };
    };
    Audit_export: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "at" | "action" | "actorName" | "objectName";
                order?: "asc" | "desc";
                from?: string;
                /** @description Not included. */
                to?: string;
                actorId?: string;
                action?: string;
                objectKind?: string;
                objectId?: string;
                outcome?: "done" | "refused";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One line an entry. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Budgets_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "owner" | "unit" | "scope" | "balance" | "held" | "available" | "share" | "max" | "refresh" | "createdAt";
                order?: "asc" | "desc";
                ownerKind?: "user" | "client";
                ownerId?: string;
                unit?: components["schemas"]["BudgetUnit"];
                /** @description Empty: the pools for all models. */
                model?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolPageDto"];
                };
            };
        };
    };
    Budgets_ledger: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminLedgerPageDto"];
                };
            };
        };
    };
    Budgets_adjust: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdjustPoolDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustedPoolDto"];
                };
            };
        };
    };
    Budgets_reset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPoolDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustedPoolDto"];
                };
            };
        };
    };
    Budgets_gift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["GiveToPoolDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdjustedPoolDto"];
                };
            };
        };
    };
    Budgets_ofUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Coins first, then tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetDto"][];
                };
            };
        };
    };
    Budgets_ofClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Coins first, then tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetDto"][];
                };
            };
        };
    };
    PersonalBudget_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalBudgetDto"];
                };
            };
        };
    };
    PersonalBudget_set: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPersonalBudgetDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonalBudgetDto"];
                };
            };
        };
    };
    PersonalBudget_remove: {
        parameters: {
            query?: {
                /** @description The `version` that was read before: a budget changed since is not touched, but answered with 409 and in details.current. */
                basedOn?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    AdminClients_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "name" | "createdAt" | "updatedAt" | "isActive";
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientPageDto"];
                };
            };
        };
    };
    AdminClients_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateClientDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    AdminClients_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    AdminClients_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdministerClientDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    AdminUsage_usage: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "cost" | "requests" | "tokens" | "errors";
                order?: "asc" | "desc";
                by?: "user" | "group" | "client" | "model" | "key" | "endpoint" | "source";
                /** @description none: only totals and items, without the period before; quicker for many people. */
                series?: "hour" | "day" | "month" | "weekday_hour" | "none";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUsageDto"];
                };
            };
        };
    };
    AdminUsage_chart: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                metric?: "cost" | "requests" | "tokens" | "errors";
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminUsageChartDto"];
                };
            };
        };
    };
    AdminUsage_people: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsagePeopleDto"];
                };
            };
        };
    };
    AdminUsage_requests: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                outcome?: "completed" | "cancelled" | "failed" | "refused";
                status?: number;
                /** @description `next` of the page before. */
                after?: string;
                limit?: number;
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdminRequestPageDto"];
                };
            };
        };
    };
    AdminUsage_export: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                outcome?: "completed" | "cancelled" | "failed" | "refused";
                status?: number;
                /** @description Sums by day, key, model and source; or one line a request, as far as they are kept. */
                detail?: "days" | "requests";
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One line a day, owner, key, model and source; or one a request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ClientAiConfiguration_choose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientModelDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientDetailDto"];
                };
            };
        };
    };
    ClientBudgets_ofClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Coins first, then tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BudgetDto"][];
                };
            };
        };
    };
    ClientUsage_ofClient: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                by?: "hour" | "day" | "month" | "weekday_hour" | "model" | "key" | "source";
            };
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnUsageDto"];
                };
            };
        };
    };
    ClientUsage_requests: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                outcome?: "completed" | "cancelled" | "failed" | "refused";
                status?: number;
                /** @description `next` of the page before. */
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPageDto"];
                };
            };
        };
    };
    Configuration_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationDto"];
                };
            };
        };
    };
    Configuration_save: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveConfigurationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationDto"];
                };
            };
            /** @description The file changed meanwhile, or may not be written. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Configuration_schema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationSchemaDto"];
                };
            };
        };
    };
    Configuration_check: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DraftConfigurationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedConfigurationDto"];
                };
            };
        };
    };
    Configuration_history: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationHistoryDto"];
                };
            };
        };
    };
    Configuration_backup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedConfigurationDto"];
                };
            };
        };
    };
    Configuration_restore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollBackConfigurationDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfigurationDto"];
                };
            };
        };
    };
    KeyCounters_ofMine: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyCountersListDto"];
                };
            };
        };
    };
    KeyCounters_ofClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                clientId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyCountersListDto"];
                };
            };
        };
    };
    EffectiveAccess_ofUser: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "model" | "access";
                order?: "asc" | "desc";
                /** @description Only models with this access. */
                access?: "allowed" | "needs_ack" | "blocked";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectiveAccessDto"];
                };
            };
        };
    };
    EffectiveAccess_ofClient: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "model" | "access";
                order?: "asc" | "desc";
                /** @description Only models with this access. */
                access?: "allowed" | "needs_ack" | "blocked";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EffectiveAccessDto"];
                };
            };
        };
    };
    GroupMembers_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "name" | "email";
                order?: "asc" | "desc";
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupMembershipPageDto"];
                };
            };
        };
    };
    GroupMembers_add: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    GroupMembers_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
                userId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Groups_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "name" | "source" | "isActive";
                order?: "asc" | "desc";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupPageDto"];
                };
            };
        };
    };
    Groups_create: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGroupDto"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupDto"];
                };
            };
        };
    };
    Groups_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupDto"];
                };
            };
        };
    };
    Groups_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Groups_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeGroupDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupDto"];
                };
            };
        };
    };
    Groups_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestGroupsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GroupTestDto"];
                };
            };
        };
    };
    Me_describe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeWithBudgetsDto"];
                };
            };
        };
    };
    EndpointAdministration_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "model" | "url" | "status" | "inFlight";
                order?: "asc" | "desc";
                status?: "up" | "trial" | "down";
                /** @description What a bar stands for. */
                span?: "hour" | "day";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedEndpointPageDto"];
                };
            };
        };
    };
    EndpointAdministration_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestEndpointDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderTestResultDto"];
                };
            };
        };
    };
    ModelAdministration_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "model" | "source" | "input" | "output" | "context";
                order?: "asc" | "desc";
                /** @description Only models described there. */
                source?: "file" | "provider" | "fallback";
                state?: "enabled" | "disabled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdministeredModelPageDto"];
                };
            };
        };
    };
    ModelAdministration_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The model; may contain slashes. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdministeredModelDto"];
                };
            };
        };
    };
    ModelPages_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelCardListDto"];
                };
            };
        };
    };
    ModelPages_find: {
        parameters: {
            query?: {
                /** @description For whole days. */
                tz?: string;
            };
            header?: never;
            path: {
                /** @description The model; may contain slashes. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPageDto"];
                };
            };
        };
    };
    ModelPages_readme: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The model; may contain slashes. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelReadmeDto"];
                };
            };
        };
    };
    ModelRefresh_refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshModelsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRefreshListDto"];
                };
            };
        };
    };
    ModelRefresh_apply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyModelFactsDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DescribedModelDto"];
                };
            };
        };
    };
    UserCredentials_keys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyListDto"];
                };
            };
        };
    };
    UserCredentials_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    UserCredentials_openSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionListDto"];
                };
            };
        };
    };
    UserCredentials_endAll: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EndedSessionsDto"];
                };
            };
        };
    };
    UserCredentials_endOne: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    Overview_overview: {
        parameters: {
            query?: {
                tz?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OverviewDto"];
                };
            };
        };
    };
    Resolution_explain: {
        parameters: {
            query?: {
                /** @description As a request would name it. */
                model?: string;
                /** @description Who asks. */
                asker?: "nobody" | "user" | "client";
                /** @description The e-mail address of the user, the name of the client. */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolutionDto"];
                };
            };
        };
    };
    UsageLatencies_quantiles: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageLatenciesDto"];
                };
            };
        };
    };
    UsageOutlook_outlook: {
        parameters: {
            query?: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageOutlookDto"];
                };
            };
        };
    };
    UsageRows_rows: {
        parameters: {
            query: {
                /** @description From the hour of this. */
                from?: string;
                /** @description Not included, but for its hour. Now, if left out. */
                to?: string;
                /** @description Up to now, where there is no from. */
                period?: "today" | "24h" | "7d" | "30d" | "90d" | "365d" | "month" | "last_month" | "year";
                tz?: string;
                model?: string;
                source?: "api" | "chat";
                key?: string;
                metric?: "cost" | "requests" | "tokens" | "errors";
                /** @description Keys of the rows. */
                of: string[];
                user?: string;
                client?: string;
                group?: string;
                endpoint?: string;
                by: "user" | "client" | "model" | "key" | "endpoint";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageRowsDto"];
                };
            };
        };
    };
    Users_list: {
        parameters: {
            query?: {
                page?: number;
                pageSize?: number;
                /** @description Shows what contains this text, in upper or lower case. */
                search?: string;
                sort?: "name" | "email" | "createdAt" | "lastLoginAt" | "isActive" | "spent30d" | "lastActiveAt";
                order?: "asc" | "desc";
                active?: boolean;
                /** @description Whatever gives the role. */
                role?: "admin" | "engineer" | "superadmin" | "auditor";
                /** @description Whatever puts them into the group. */
                group?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPageDto"];
                };
            };
        };
    };
    Users_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetailsDto"];
                };
            };
        };
    };
    Users_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateUserDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetailsDto"];
                };
            };
        };
    };
    Users_setRoles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetRolesDto"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserDetailsDto"];
                };
            };
        };
    };
    Health_service: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
        };
    };
    Health_sharedCounters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedisHealthDto"];
                };
            };
        };
    };
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LivenessDto"];
                };
            };
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthDto"];
                };
            };
        };
    };
    InferenceHealth_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceHealthDto"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InferenceHealthDto"];
                };
            };
        };
    };
    Help_list: {
        parameters: {
            query?: {
                /** @description Words that all have to be on a page. */
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelpDto"];
                };
            };
        };
    };
    Help_find: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HelpPageDto"];
                };
            };
        };
    };
}

export type ClientPerson = components['schemas']['ClientPersonDto'];
export type Client = components['schemas']['ClientDto'];
export type ClientPage = components['schemas']['ClientPageDto'];
export type ClientDetail = components['schemas']['ClientDetailDto'];
export type UpdateClient = components['schemas']['UpdateClientDto'];
export type ClientPersonEmail = components['schemas']['ClientPersonEmailDto'];
export type ApiKey = components['schemas']['ApiKeyDto'];
export type ApiKeyList = components['schemas']['ApiKeyListDto'];
export type CreateApiKey = components['schemas']['CreateApiKeyDto'];
export type CreatedApiKey = components['schemas']['CreatedApiKeyDto'];
export type RotateApiKey = components['schemas']['RotateApiKeyDto'];
export type AppInfo = components['schemas']['AppInfoDto'];
export type FooterLink = components['schemas']['FooterLinkDto'];
export type ThemeColour = components['schemas']['ThemeColourDto'];
export type Branding = components['schemas']['BrandingDto'];
export type LoginInfo = components['schemas']['LoginInfoDto'];
export type Me = components['schemas']['MeDto'];
export type Bootstrap = components['schemas']['BootstrapDto'];
export type MyGroup = components['schemas']['MyGroupDto'];
export type MyGroups = components['schemas']['MyGroupsDto'];
export type Session = components['schemas']['SessionDto'];
export type SessionList = components['schemas']['SessionListDto'];
export type EndedSessions = components['schemas']['EndedSessionsDto'];
export type Terms = components['schemas']['TermsDto'];
export type MyTerms = components['schemas']['MyTermsDto'];
export type AcceptTerms = components['schemas']['AcceptTermsDto'];
export type ShownAnnouncement = components['schemas']['ShownAnnouncementDto'];
export type ShownAnnouncementList = components['schemas']['ShownAnnouncementListDto'];
export type Provider = components['schemas']['ProviderDto'];
export type ProviderList = components['schemas']['ProviderListDto'];
export type ProviderModel = components['schemas']['ProviderModelDto'];
export type ProviderModelList = components['schemas']['ProviderModelListDto'];
export type ProviderDetail = components['schemas']['ProviderDetailDto'];
export type ProviderDetailList = components['schemas']['ProviderDetailListDto'];
export type CreateProvider = components['schemas']['CreateProviderDto'];
export type UpdateProvider = components['schemas']['UpdateProviderDto'];
export type AskProvider = components['schemas']['AskProviderDto'];
export type BackendModelList = components['schemas']['BackendModelListDto'];
export type TestProvider = components['schemas']['TestProviderDto'];
export type ProviderTestResult = components['schemas']['ProviderTestResultDto'];
export type AcknowledgementText = components['schemas']['AcknowledgementTextDto'];
export type ModelStanding = components['schemas']['ModelStandingDto'];
export type ModelStandingList = components['schemas']['ModelStandingListDto'];
export type GiveAcknowledgement = components['schemas']['GiveAcknowledgementDto'];
export type BudgetUnit = components['schemas']['BudgetUnit'];
export type BudgetKind = components['schemas']['BudgetKind'];
export type Budget = components['schemas']['BudgetDto'];
export type LedgerEntryKind = components['schemas']['LedgerEntryKind'];
export type LedgerEntry = components['schemas']['LedgerEntryDto'];
export type LedgerPage = components['schemas']['LedgerPageDto'];
export type ReportedPeriod = components['schemas']['ReportedPeriodDto'];
export type UsageSums = components['schemas']['UsageSumsDto'];
export type KeyedUsage = components['schemas']['KeyedUsageDto'];
export type OwnUsage = components['schemas']['OwnUsageDto'];
export type UsageChange = components['schemas']['UsageChangeDto'];
export type ModelSeries = components['schemas']['ModelSeriesDto'];
export type UsageChart = components['schemas']['UsageChartDto'];
export type LoggedRequest = components['schemas']['LoggedRequestDto'];
export type RequestPage = components['schemas']['RequestPageDto'];
export type UsageTrend = components['schemas']['UsageTrendDto'];
export type UsageTrends = components['schemas']['UsageTrendsDto'];
export type InputTokens = components['schemas']['InputTokensDto'];
export type V1EndpointCounts = components['schemas']['V1EndpointCountsDto'];
export type V1Model = components['schemas']['V1ModelDto'];
export type V1ModelList = components['schemas']['V1ModelListDto'];
export type AnswerError = components['schemas']['AnswerErrorDto'];
export type Attachment = components['schemas']['AttachmentDto'];
export type AnswerMetrics = components['schemas']['AnswerMetricsDto'];
export type Message = components['schemas']['MessageDto'];
export type UploadLimits = components['schemas']['UploadLimitsDto'];
export type ChatOptions = components['schemas']['ChatOptionsDto'];
export type ChatAcknowledgement = components['schemas']['ChatAcknowledgementDto'];
export type ChatModel = components['schemas']['ChatModelDto'];
export type ChatModelList = components['schemas']['ChatModelListDto'];
export type Folder = components['schemas']['FolderDto'];
export type FolderList = components['schemas']['FolderListDto'];
export type NameFolder = components['schemas']['NameFolderDto'];
export type ConversationSettings = components['schemas']['ConversationSettingsDto'];
export type Preset = components['schemas']['PresetDto'];
export type PresetList = components['schemas']['PresetListDto'];
export type SavePreset = components['schemas']['SavePresetDto'];
export type ConversationSummary = components['schemas']['ConversationSummaryDto'];
export type SnippetPart = components['schemas']['SnippetPartDto'];
export type SearchHit = components['schemas']['SearchHitDto'];
export type SearchResult = components['schemas']['SearchResultDto'];
export type Share = components['schemas']['ShareDto'];
export type ShareList = components['schemas']['ShareListDto'];
export type SharedMessage = components['schemas']['SharedMessageDto'];
export type SharedConversation = components['schemas']['SharedConversationDto'];
export type SkippedImport = components['schemas']['SkippedImportDto'];
export type ImportResult = components['schemas']['ImportResultDto'];
export type MessagePage = components['schemas']['MessagePageDto'];
export type DeletedMessage = components['schemas']['DeletedMessageDto'];
export type BeginConversation = components['schemas']['BeginConversationDto'];
export type Conversation = components['schemas']['ConversationDto'];
export type Asked = components['schemas']['AskedDto'];
export type AskFurther = components['schemas']['AskFurtherDto'];
export type AskModels = components['schemas']['AskModelsDto'];
export type ConversationPage = components['schemas']['ConversationPageDto'];
export type OpenConversation = components['schemas']['OpenConversationDto'];
export type UpdateConversation = components['schemas']['UpdateConversationDto'];
export type ForkConversation = components['schemas']['ForkConversationDto'];
export type Announcement = components['schemas']['AnnouncementDto'];
export type AnnouncementList = components['schemas']['AnnouncementListDto'];
export type SaveAnnouncement = components['schemas']['SaveAnnouncementDto'];
export type ChangeAnnouncement = components['schemas']['ChangeAnnouncementDto'];
export type PublishedTerms = components['schemas']['PublishedTermsDto'];
export type PublishedTermsList = components['schemas']['PublishedTermsListDto'];
export type PublishTerms = components['schemas']['PublishTermsDto'];
export type DeleteAccount = components['schemas']['DeleteAccountDto'];
export type AuditEntry = components['schemas']['AuditEntryDto'];
export type AuditPage = components['schemas']['AuditPageDto'];
export type Pool = components['schemas']['PoolDto'];
export type PoolPage = components['schemas']['PoolPageDto'];
export type AdminLedgerEntry = components['schemas']['AdminLedgerEntryDto'];
export type AdminLedgerPage = components['schemas']['AdminLedgerPageDto'];
export type AdjustPool = components['schemas']['AdjustPoolDto'];
export type AdjustedPool = components['schemas']['AdjustedPoolDto'];
export type ResetPool = components['schemas']['ResetPoolDto'];
export type GiveToPool = components['schemas']['GiveToPoolDto'];
export type BudgetPolicy = components['schemas']['BudgetPolicyDto'];
export type PersonalBudget = components['schemas']['PersonalBudgetDto'];
export type SetPersonalBudget = components['schemas']['SetPersonalBudgetDto'];
export type CreateClient = components['schemas']['CreateClientDto'];
export type AdministerClient = components['schemas']['AdministerClientDto'];
export type NamedUsage = components['schemas']['NamedUsageDto'];
export type AdminUsage = components['schemas']['AdminUsageDto'];
export type UsageSubject = components['schemas']['UsageSubjectDto'];
export type AdminUsageChart = components['schemas']['AdminUsageChartDto'];
export type UsagePeople = components['schemas']['UsagePeopleDto'];
export type AdminLoggedRequest = components['schemas']['AdminLoggedRequestDto'];
export type AdminRequestPage = components['schemas']['AdminRequestPageDto'];
export type ClientModel = components['schemas']['ClientModelDto'];
export type ConfigurationValue = components['schemas']['ConfigurationValueDto'];
export type ConfigurationProblem = components['schemas']['ConfigurationProblemDto'];
export type WaitingValue = components['schemas']['WaitingValueDto'];
export type Configuration = components['schemas']['ConfigurationDto'];
export type ConfigurationField = components['schemas']['ConfigurationFieldDto'];
export type ConfigurationSchema = components['schemas']['ConfigurationSchemaDto'];
export type DraftConfiguration = components['schemas']['DraftConfigurationDto'];
export type ConfigurationDiffLine = components['schemas']['ConfigurationDiffLineDto'];
export type ChangedKey = components['schemas']['ChangedKeyDto'];
export type CheckedConfiguration = components['schemas']['CheckedConfigurationDto'];
export type SaveConfiguration = components['schemas']['SaveConfigurationDto'];
export type ConfigurationBackup = components['schemas']['ConfigurationBackupDto'];
export type ConfigurationHistory = components['schemas']['ConfigurationHistoryDto'];
export type RollBackConfiguration = components['schemas']['RollBackConfigurationDto'];
export type KeyCounters = components['schemas']['KeyCountersDto'];
export type KeyCountersList = components['schemas']['KeyCountersListDto'];
export type EffectiveGroup = components['schemas']['EffectiveGroupDto'];
export type EffectiveAccess = components['schemas']['EffectiveAccessDto'];
export type GroupMembership = components['schemas']['GroupMembershipDto'];
export type GroupMembershipPage = components['schemas']['GroupMembershipPageDto'];
export type GroupRule = components['schemas']['GroupRuleDto'];
export type ModelAccess = components['schemas']['ModelAccessDto'];
export type Group = components['schemas']['GroupDto'];
export type GroupPage = components['schemas']['GroupPageDto'];
export type CreateGroup = components['schemas']['CreateGroupDto'];
export type DraftGroup = components['schemas']['DraftGroupDto'];
export type TestGroups = components['schemas']['TestGroupsDto'];
export type TestedGroup = components['schemas']['TestedGroupDto'];
export type WonPolicy = components['schemas']['WonPolicyDto'];
export type DraftEffect = components['schemas']['DraftEffectDto'];
export type GroupTest = components['schemas']['GroupTestDto'];
export type ChangeGroup = components['schemas']['ChangeGroupDto'];
export type MeWithBudgets = components['schemas']['MeWithBudgetsDto'];
export type CheckBar = components['schemas']['CheckBarDto'];
export type CheckedEndpoint = components['schemas']['CheckedEndpointDto'];
export type CheckedEndpointPage = components['schemas']['CheckedEndpointPageDto'];
export type TestEndpoint = components['schemas']['TestEndpointDto'];
export type AdministeredEndpoint = components['schemas']['AdministeredEndpointDto'];
export type AdministeredModel = components['schemas']['AdministeredModelDto'];
export type AdministeredModelPage = components['schemas']['AdministeredModelPageDto'];
export type ModelCard = components['schemas']['ModelCardDto'];
export type ModelCardList = components['schemas']['ModelCardListDto'];
export type ModelRequests = components['schemas']['ModelRequestsDto'];
export type EndpointAddress = components['schemas']['EndpointAddressDto'];
export type ModelPage = components['schemas']['ModelPageDto'];
export type ModelReadme = components['schemas']['ModelReadmeDto'];
export type RefreshModels = components['schemas']['RefreshModelsDto'];
export type AskedEndpoint = components['schemas']['AskedEndpointDto'];
export type RefreshedField = components['schemas']['RefreshedField'];
export type ModelProposal = components['schemas']['ModelProposalDto'];
export type ModelRefresh = components['schemas']['ModelRefreshDto'];
export type ModelRefreshList = components['schemas']['ModelRefreshListDto'];
export type ModelFacts = components['schemas']['ModelFactsDto'];
export type ApplyModelFacts = components['schemas']['ApplyModelFactsDto'];
export type DescribedModel = components['schemas']['DescribedModelDto'];
export type TroubledModel = components['schemas']['TroubledModelDto'];
export type FailingModel = components['schemas']['FailingModelDto'];
export type Overview = components['schemas']['OverviewDto'];
export type ResolutionStepName = components['schemas']['ResolutionStepName'];
export type ResolutionOutcome = components['schemas']['ResolutionOutcome'];
export type ResolutionStep = components['schemas']['ResolutionStepDto'];
export type ResolvedPrice = components['schemas']['ResolvedPriceDto'];
export type Resolution = components['schemas']['ResolutionDto'];
export type Quantiles = components['schemas']['QuantilesDto'];
export type Latencies = components['schemas']['LatenciesDto'];
export type ModelLatencies = components['schemas']['ModelLatenciesDto'];
export type UsageLatencies = components['schemas']['UsageLatenciesDto'];
export type MonthProjection = components['schemas']['MonthProjectionDto'];
export type PeopleGrowth = components['schemas']['PeopleGrowthDto'];
export type UsageOutlook = components['schemas']['UsageOutlookDto'];
export type CoinsLeft = components['schemas']['CoinsLeftDto'];
export type UsageRow = components['schemas']['UsageRowDto'];
export type UsageRows = components['schemas']['UsageRowsDto'];
export type ListedUser = components['schemas']['ListedUserDto'];
export type UserPage = components['schemas']['UserPageDto'];
export type SourcedRole = components['schemas']['SourcedRoleDto'];
export type Membership = components['schemas']['MembershipDto'];
export type UserDetails = components['schemas']['UserDetailsDto'];
export type UpdateUser = components['schemas']['UpdateUserDto'];
export type SetRoles = components['schemas']['SetRolesDto'];
export type Health = components['schemas']['HealthDto'];
export type RedisHealth = components['schemas']['RedisHealthDto'];
export type Liveness = components['schemas']['LivenessDto'];
export type ModelCounts = components['schemas']['ModelCountsDto'];
export type EndpointHealth = components['schemas']['EndpointHealthDto'];
export type ModelHealth = components['schemas']['ModelHealthDto'];
export type InferenceHealth = components['schemas']['InferenceHealthDto'];
export type HelpTopic = components['schemas']['HelpTopicDto'];
export type Help = components['schemas']['HelpDto'];
export type HelpPage = components['schemas']['HelpPageDto'];
export type HealthReport = components['schemas']['HealthReportDto'];
