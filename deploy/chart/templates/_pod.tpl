{{/* The environment of Lumen's pods and of the migration: (dict "root" $ "secret" name). */}}
{{- define "lumen.environment" -}}
{{- $values := .root.Values -}}
envFrom:
  - secretRef:
      name: {{ .secret }}
env:
  - name: CONFIG_YAML
    value: /lumen/config.yaml
{{- if $values.postgresql.bundled }}
  - name: POSTGRES_PASSWORD
    valueFrom:
      secretKeyRef:
        name: {{ include "lumen.postgresqlHost" .root }}
        key: password
  - name: DATABASE_URL
    value: postgres://lumen:$(POSTGRES_PASSWORD)@{{ include "lumen.postgresqlHost" .root }}:5432/lumen
{{- end }}
{{- if $values.redis.bundled }}
  - name: REDIS_URL
    value: redis://{{ include "lumen.redisHost" .root }}:6379/0
{{- end }}
{{- if $values.workers }}
  - name: LUMEN_WORKERS
    value: {{ $values.workers | quote }}
{{- end }}
{{- with $values.extraEnv }}
{{ toYaml . | indent 2 }}
{{- end }}
volumeMounts:
  - name: config
    mountPath: /lumen
    readOnly: true
  - name: temporary
    mountPath: /tmp
{{- end }}

{{/* The files of these pods; the argument is the name of the secret with config.yaml. */}}
{{- define "lumen.volumes" -}}
volumes:
  # The whole folder, not one file of it: a change arrives in running pods, all at once.
  - name: config
    secret:
      secretName: {{ . }}
      defaultMode: 0440
  # Files that people send, while they are on their way.
  - name: temporary
    emptyDir:
      sizeLimit: 1Gi
{{- end }}

{{/* Where pods may run. */}}
{{- define "lumen.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/* What stands in the secret with the environment. */}}
{{- define "lumen.secretData" -}}
{{- with .Values.secrets.secretKey }}
LUMEN_SECRET_KEY: {{ . | quote }}
{{- end }}
{{- with .Values.secrets.encryptionKey }}
LUMEN_ENCRYPTION_KEY: {{ . | quote }}
{{- end }}
{{- with .Values.secrets.oauth2ClientId }}
OAUTH2_CLIENT_ID: {{ . | quote }}
{{- end }}
{{- with .Values.secrets.oauth2ClientSecret }}
OAUTH2_CLIENT_SECRET: {{ . | quote }}
{{- end }}
{{- if and .Values.postgresql.url (not .Values.postgresql.bundled) }}
DATABASE_URL: {{ .Values.postgresql.url | quote }}
{{- end }}
{{- if and .Values.redis.url (not .Values.redis.bundled) }}
REDIS_URL: {{ .Values.redis.url | quote }}
{{- end }}
{{- end }}
