// Files of containers, of infrastructure as code, of orchestration and of the servers that they run.

export const CONTAINER_FILES = `
dockerfile* *.dockerfile containerfile* docker-compose*.{yml,yaml} compose*.{yml,yaml} *.compose.{yml,yaml} docker-bake*.{hcl,json}
.dockercfg .dockerconfigjson .docker/** docker-stack*.{yml,yaml} podman/auth.json containers/auth.json docker-entrypoint* .dockerignore
docker-cloud.yml stack.{yml,yaml} .devcontainer/** devcontainer.json kaniko/** buildah/** *.container .s2i/**
`;

export const IAC_FILES = `
*.tf *.tf.json *.tfvars *.tfvars.json terraform.tfstate* *.tfstate *.tfstate.backup *.tfplan *.tofu *.tofu.json .terraformrc terraform.rc
credentials.tfrc.json .terraform.d/** .terraform/** terragrunt.hcl *.pkr.hcl *.pkrvars.hcl *.hcl packer*.json .terraform.lock.hcl
pulumi*.{yaml,yml} .pulumi/** cdk.json cdk.context.json cdk.out/** template.{yaml,yml,json} *.cfn.{yaml,yml,json} *.cfn cloudformation/**
cfn/** sam.{yaml,yml} serverless*.{yml,yaml,ts,js,json} *.bicep *.bicepparam azuredeploy*.json *.parameters.json main.parameters.json maintemplate.json
deployment_manager/** vagrantfile cloud-init cloud-init.{yml,yaml,cfg,sh,txt,tpl,tftpl} cloud-config cloud-config.{yml,yaml} cloud.cfg
user-data user-data.{yml,yaml,sh,txt,tpl,tftpl,ps1} user_data.{yml,yaml,sh,txt,tpl,tftpl,ps1} userdata.{sh,tpl,txt} *.ignition *.ign butane*.yaml
inventory inventory.{ini,yml,yaml,json,toml,cfg} inventory-*.{ini,yml,yaml} inventory_*.{ini,yml,yaml} inventories/** inventory/**/*.{ini,yml,yaml} hosts.{ini,yml,yaml} group_vars/** host_vars/** vault*.{yml,yaml} playbook*.{yml,yaml} playbooks/**
ansible.cfg .ansible.cfg .vault_pass* .vault-pass* .vault_password* vault_pass* vault-pass* ansible/**/*.{yml,yaml,ini,cfg,j2} roles/**/*.{yml,yaml,j2} requirements.yml
hieradata/** hiera.yaml *.eyaml puppet/**/*.{pp,yaml,yml,epp} data_bags/** knife.rb .chef/** client.rb kitchen*.yml .kitchen*.yml pillar/** salt/**/*.{sls,conf,yml,yaml} *.sls
kustomization.{yml,yaml} values*.{yml,yaml} *.values.{yml,yaml} *-values.{yml,yaml} chart.{yaml,yml} charts/** helm/** helmfile*.{yaml,yml} helmfile.d/**
secrets*.yaml *-secret.{yaml,yml} *-secrets.{yaml,yml} *.secret.{yaml,yml} secret.{yaml,yml} sealedsecret*.{yaml,yml} externalsecret*.{yaml,yml}
k8s/** kubernetes/** kube/** manifests/**/*.{yaml,yml} kustomize/** overlays/**/*.{yaml,yml} deployment*.{yaml,yml} statefulset*.{yaml,yml} configmap*.{yaml,yml}
cronjob*.{yaml,yml} ingress*.{yaml,yml} daemonset*.{yaml,yml} kubeconfig kubeconfig.{yml,yaml,json,conf,txt} kubeconfig-* kubeconfig_* *.kubeconfig .kube/** admin.conf k3s.yaml rke2.yaml cluster.rkestate kops*.yaml
talosconfig* talos/** crossplane/** *.nomad *.nomad.hcl consul.d/** vault.hcl vault.d/** vault-init.json init.json .sops.{yaml,yml} .vals.yaml
prometheus*.{yml,yaml} alertmanager*.{yml,yaml} grafana*.{ini,yml,yaml} grafana/** datasources/*.{yml,yaml} loki*.{yml,yaml} promtail*.{yml,yaml}
fluent*.conf td-agent*.conf filebeat*.{yml,yaml} metricbeat*.{yml,yaml} heartbeat*.yml logstash*.conf logstash/** elasticsearch.yml kibana.yml otel*.{yaml,yml}
otelcol*.{yaml,yml} opentelemetry/** vector.{toml,yaml} telegraf*.conf datadog*.{yaml,yml} newrelic.{yml,ini} zabbix*.conf
nginx*.conf nginx/** *.nginx sites-available/** sites-enabled/** haproxy*.cfg traefik*.{yml,yaml,toml} traefik/** caddyfile* caddy.json httpd.conf
apache2.conf .htaccess envoy*.{yaml,yml} krakend*.json kong*.{yml,yaml} apisix*.{yml,yaml} squid.conf varnish*.vcl
wg*.conf wireguard/** *.ovpn openvpn/** ipsec.secrets ipsec.conf swanctl.conf strongswan/** wpa_supplicant*.conf hostapd.conf
*.rdp *.rsc running-config* startup-config* *.ios.cfg radiusd.conf clients.conf freeradius/** slapd.conf sssd.conf krb5.conf *.keytab
config.v2.json mkosi*.conf unattend*.xml autounattend*.xml sysprep*.xml preseed*.cfg kickstart*.cfg ks.cfg *.ks
`;
