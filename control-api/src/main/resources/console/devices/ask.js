// Asks a device for files of its own.
import * as api from '../api.js';
import { html } from '../html.js';
import { FormDialog, tell } from '../ui.js';

/** @param {{path: string, wanted?: string[], onDone: function(), onClose: function()}} props `wanted`: paths that were picked */
export const AskForFiles = ({ path, wanted = [], onDone, onClose }) => html`
  <${FormDialog} title="Ask for files" confirm="Ask" onClose=${onClose}
    about="The device is told over MQTT as soon as it is there, within a day, and uploads what fits."
    fields=${[
      { name: 'paths', label: 'Paths on the device', type: 'text-area', value: wanted.join('\n'), required: true, hint: 'One a line; * stands for any name, such as /data/run-42/*.mcap.' },
      { name: 'task_name', label: 'Name of the upload', maxlength: 255 },
      { name: 'priority', label: 'Priority', type: 'number', value: '5', min: 0, max: 9, hint: '0 to 9.' },
    ]}
    act=${async (values) => {
      await api.post(`${path}/upload`, {
        paths: values.paths.split('\n').map((line) => line.trim()).filter(Boolean),
        task_name: values.task_name.trim() || null,
        priority: values.priority === '' ? null : Number(values.priority),
      });
      tell('The device will be asked.');
      onDone();
    }} />`;
