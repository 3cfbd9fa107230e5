{{- define "viewal.name" -}}
{{- ternary .Release.Name (printf "%s-viewal" .Release.Name) (contains "viewal" .Release.Name) | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "viewal.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}{{ default (include "viewal.name" .) .Values.serviceAccount.name }}{{ else }}{{ required "serviceAccount.name must be given when serviceAccount.create is false" .Values.serviceAccount.name }}{{ end }}
{{- end }}

{{- define "viewal.selector" -}}
app.kubernetes.io/name: viewal-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "viewal.labels" -}}
{{ include "viewal.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: viewal
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}
