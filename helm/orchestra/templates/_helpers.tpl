{{- define "orchestra.name" -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "orchestra.labels" -}}
app.kubernetes.io/name: orchestra
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "orchestra.ownLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "orchestra.image" -}}
{{- with .Values.image.registry -}}{{ . }}/{{- end -}}
{{- .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion -}}
{{- end -}}

{{/* The settings of one expert: those of its own names, then whatever else its 'settings' says. */}}
{{- define "orchestra.expert" -}}
{{- $expert := dict "Kind" (.kind | default "openai") -}}
{{- with .model }}{{ $_ := set $expert "Model" . }}{{ end -}}
{{- with .endpoint }}{{ $_ := set $expert "Endpoint" . }}{{ end -}}
{{- with .server }}{{ $_ := set $expert "Endpoint" (printf "http://127.0.0.1:%d/v1" (int (.port | default 8000))) }}{{ end -}}
{{- with .keyVariable }}{{ $_ := set $expert "ApiKeyEnv" . }}{{ end -}}
{{- with .skills }}{{ $_ := set $expert "Skills" . }}{{ end -}}
{{- with .price -}}
{{- $_ := set $expert "Price" (dict "InputPerMillion" (.inputPerMillion | default 0) "OutputPerMillion" (.outputPerMillion | default 0) "PerCall" (.perCall | default 0)) -}}
{{- end -}}
{{- toJson (mergeOverwrite $expert (deepCopy (.settings | default dict))) -}}
{{- end -}}

{{/* orchestra.json, whole. */}}
{{- define "orchestra.configuration" -}}
{{- $experts := dict -}}
{{- range .Values.experts }}{{ $_ := set $experts .name (include "orchestra.expert" . | fromJson) }}{{ end -}}
{{- $storage := dict "Kind" .Values.storage.kind "Folder" "/var/lib/orchestra" "MaxConnections" (int .Values.storage.maxConnections) -}}
{{- $gateway := dict "ShutdownTimeout" (printf "00:%02d:%02d" (div (int .Values.shutdown.timeoutSeconds) 60) (mod (int .Values.shutdown.timeoutSeconds) 60)) "Metrics" .Values.metrics.enabled -}}
{{- $own := dict "Experts" $experts "Storage" $storage "Gateway" $gateway -}}
{{- toPrettyJson (dict "Orchestra" (mergeOverwrite (deepCopy .Values.settings) $own)) -}}
{{- end -}}

{{/* Settings of the cluster, as environment of every silo. */}}
{{- define "orchestra.cluster" -}}
Orchestra__Cluster__ClusterId: {{ include "orchestra.name" . | quote }}
{{- if not .Values.tls.secretName }}
Orchestra__Cluster__Plaintext: "true"
{{- end }}
{{- range $expert := .Values.experts }}
{{- if $expert.replicas }}
Orchestra__Experts__{{ $expert.name }}__Replicas: {{ $expert.maxReplicas | default $expert.replicas | quote }}
{{- end }}
{{- with $expert.gpu }}
Orchestra__Experts__{{ $expert.name }}__GpuMemoryMb: {{ .memoryMb | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "orchestra.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1654
runAsGroup: 1654
fsGroup: 1654
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "orchestra.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "orchestra.probes" -}}
# Migrations and the first sight of the cluster may take minutes; afterwards liveness takes over. It touches neither grains nor the database.
startupProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 5
  failureThreshold: 60
livenessProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
readinessProbe:
  httpGet:
    path: /readyz
    port: http
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 2
lifecycle:
  preStop:
    # Until the load balancers know; the image has no shell that could sleep.
    sleep:
      seconds: {{ .Values.shutdown.preStopSeconds }}
{{- end -}}

{{/* What every pod's metadata says of metrics and of the settings it was started with. */}}
{{- define "orchestra.podAnnotations" -}}
checksum/settings: {{ printf "%s%s" (include "orchestra.configuration" .) (include "orchestra.cluster" .) | sha256sum }}
{{- if .Values.metrics.enabled }}
prometheus.io/scrape: "true"
prometheus.io/port: "8080"
prometheus.io/path: /metrics
{{- end }}
{{- with .Values.podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The first lines of every pod's spec. */}}
{{- define "orchestra.pod" -}}
serviceAccountName: {{ include "orchestra.name" . }}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ .Values.shutdown.gracePeriodSeconds }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  {{- include "orchestra.podSecurity" . | nindent 2 }}
{{- end -}}

{{/* Spread over zones and nodes; takes the labels of the pods. */}}
{{- define "orchestra.spread" -}}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- $ | nindent 8 }}
  {{- end }}
{{- end -}}

{{/* The environment and mounts of a silo; takes the root and what is its own. */}}
{{- define "orchestra.siloEnvironment" -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
{{- include "orchestra.postgres" . }}
{{- if .Values.tls.secretName }}
- name: Orchestra__Cluster__Tls__Certificate
  value: /etc/orchestra-tls/tls.crt
- name: Orchestra__Cluster__Tls__Key
  value: /etc/orchestra-tls/tls.key
- name: Orchestra__Cluster__Tls__Authority
  value: /etc/orchestra-tls/ca.crt
{{- end }}
{{- end -}}

{{- define "orchestra.postgres" }}
{{- if eq .Values.storage.kind "postgres" }}
- name: ORCHESTRA_POSTGRES
  valueFrom:
    secretKeyRef:
      name: {{ .Values.storage.secretName }}
      key: {{ .Values.storage.secretKey }}
{{- end }}
{{- end -}}

{{- define "orchestra.adminKey" }}
- name: ORCHESTRA_ADMIN_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .Values.admin.secretName }}
      key: {{ .Values.admin.secretKey }}
{{- end -}}

{{- define "orchestra.mounts" -}}
- name: config
  mountPath: /etc/orchestra
  readOnly: true
- name: data
  mountPath: /var/lib/orchestra
- name: tmp
  mountPath: /tmp
{{- if .Values.tls.secretName }}
- name: silo-tls
  mountPath: /etc/orchestra-tls
  readOnly: true
{{- end }}
{{- end -}}

{{- define "orchestra.volumes" -}}
- name: config
  configMap:
    name: {{ include "orchestra.name" . }}-config
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- if .Values.tls.secretName }}
- name: silo-tls
  secret:
    secretName: {{ .Values.tls.secretName }}
    defaultMode: 0440
{{- end }}
{{- end -}}
