// The one time that a credential is shown, with the lines that use it.
import { html } from '../html.js';
import { Copyable, Dialog } from '../ui.js';

/** Where the broker may be: nobody has told us, but it is often where the API is. */
const host = () => location.hostname;

export function CredentialDialog({ device, credential, onClose }) {
  const secret = credential.credential_material;
  return html`
    <${Dialog} title=${`Credential of ${device.device_code}`} onClose=${onClose} wide>
      <div class="inside">
        ${secret === null ? html`<p class="notice warn">It was told before, and is told once. Rotate it to get another.</p>` : html`
          <p class="notice warn"><strong>This is shown once.</strong> Whoever has it is this device. Take it along now.</p>
          <${Copyable} label="Credential" text=${secret} />
          <${Copyable} label="For waybill-agent, in its environment" text=${agentLines(device, secret)} />
          <${Copyable} label="To try it over MQTT" text=${mqttLine(device, secret)} />
          <p class="small quiet">The broker's address is a guess from this page's; put yours.</p>`}
        <footer><button type="button" class="main" onClick=${onClose}>Done</button></footer>
      </div>
    <//>`;
}

const agentLines = (device, secret) => [
  `WAYBILL_TENANT_ID=${device.tenant_id}`,
  `WAYBILL_PROJECT_ID=${device.project_id}`,
  `WAYBILL_DEVICE_ID=${device.device_id}`,
  `WAYBILL_DEVICE_CREDENTIAL=${secret}`,
  `WAYBILL_MQTT_HOST=${host()}`,
  `WAYBILL_API_URL=${location.origin}`,
].join('\n');

const mqttLine = (device, secret) =>
  `mosquitto_pub -h ${host()} -p 11883 -u ${device.device_id} -P ${secret} -i ${device.device_id}-try -q 1 `
  + `-t device/${device.tenant_id}/${device.device_id}/upload/request -m '{"request_id":"try-1","command":"describe","payload":{}}'`;
