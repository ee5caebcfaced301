// The one time that a credential is shown, with the lines that use it.
import * as api from '../api.js';
import { html, useState } from '../html.js';
import { Copyable, Dialog, Field, useLoad } from '../ui.js';
import { provisionLine } from './provision.js';

/** Where the broker may be: nobody has told us, but it is often where the API is. What was put right stays while the page does. */
let last = { host: location.hostname, port: '11883', tls: false, root: '' };

export function CredentialDialog({ device, credential, onClose }) {
  const secret = credential.credential_material;
  const [where, setWhere] = useState(last);
  const receipts = useLoad(() => api.get('/v1/receipts/keys'), []);
  const put = (name) => (value) => setWhere((last = { ...last, [name]: value }));
  const told = { device, secret, where, keys: receipts.data?.keys ?? [] };
  return html`
    <${Dialog} title=${`Credential of ${device.device_code}`} onClose=${onClose} wide>
      <div class="inside">
        ${secret === null ? html`<p class="notice warn">It was told before, and is told once. Rotate it to get another.</p>` : html`
          <p class="notice warn"><strong>This is shown once.</strong> Whoever has it is this device. Take it along now.</p>
          <fieldset><legend>Where the machine finds the broker</legend>
            <p class="small quiet">A guess from this page's address; put yours. The lines below follow.</p>
            <${Field} label="Host" current=${where.host} onValue=${put('host')} />
            <${Field} label="Port" current=${where.port} onValue=${put('port')} inputmode="numeric" />
            <${Field} label="With TLS" type="check" current=${where.tls} onValue=${put('tls')} />
            <${Field} label="Directory that files may be asked for of" current=${where.root} onValue=${put('root')} placeholder="/data" />
          </fieldset>
          ${!receipts.loading && html`<${Copyable} label="To make a machine this device" text=${provisionCommand(told)} />`}
          <${Copyable} label="Credential" text=${secret} />
          <${Copyable} label="For waybill-agent, in its environment" text=${agentLines(told)} />
          <${Copyable} label="To try it over MQTT" text=${mqttLine(told)} />`}
        <footer><button type="button" class="main" onClick=${onClose}>Done</button></footer>
      </div>
    <//>`;
}

/** Over stdin, because others on the machine see what stands in a command line. */
const provisionCommand = (told) => `echo ${provisionLine(told)} | waybill-agent provision -`;

const agentLines = ({ device, secret, where }) => [
  `WAYBILL_TENANT_ID=${device.tenant_id}`,
  `WAYBILL_PROJECT_ID=${device.project_id}`,
  `WAYBILL_DEVICE_ID=${device.device_id}`,
  `WAYBILL_DEVICE_CREDENTIAL=${secret}`,
  `WAYBILL_MQTT_HOST=${where.host}`,
  `WAYBILL_MQTT_PORT=${where.port}`,
  ...(where.tls ? ['WAYBILL_MQTT_TLS=true'] : []),
  `WAYBILL_API_URL=${location.origin}`,
].join('\n');

const mqttLine = ({ device, secret, where }) =>
  `mosquitto_pub -h ${where.host} -p ${where.port} ${where.tls ? '--tls-use-os-certs ' : ''}`
  + `-u ${device.device_id} -P ${secret} -i ${device.device_id}-try -q 1 `
  + `-t device/${device.tenant_id}/${device.device_id}/upload/request -m '{"request_id":"try-1","command":"describe","payload":{}}'`;
