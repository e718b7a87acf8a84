{{/* Refuses numbers that contradict each other; the schema sees only one at a time. */}}
{{- define "lumen.requirePossible" -}}
{{- $server := .Values.config.server | default dict }}
{{- $grace := 30 }}
{{- if .Values.existingConfigSecret }}
{{- $grace = 0 }}
{{- else if hasKey $server "shutdown_grace_s" }}
{{- $grace = get $server "shutdown_grace_s" }}
{{- end }}
{{- $drain := ternary 0 (get $server "drain_s" | default 0) (not (empty .Values.existingConfigSecret)) }}
{{- $needed := add .Values.preStopSeconds (ceil $grace) (ceil $drain) 10 }}
{{- if le (int .Values.terminationGracePeriodSeconds) (int $needed) }}
{{- fail (printf "terminationGracePeriodSeconds is %d and has to be more than %d: preStopSeconds, server.drain_s and server.shutdown_grace_s of the configuration, and ten seconds to write. Otherwise streams are cut when a pod ends. Raise it, or lower these." (int .Values.terminationGracePeriodSeconds) (int $needed)) }}
{{- end }}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) }}
{{- fail (printf "autoscaling.minReplicas is %d and autoscaling.maxReplicas %d: raise maxReplicas, or lower minReplicas." (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) }}
{{- end }}
{{- end }}
