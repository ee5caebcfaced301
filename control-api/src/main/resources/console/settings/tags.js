// Words that datasets are found by, and the categories that words are in.
import * as api from '../api.js';
import { html } from '../html.js';
import { useProject } from '../session.js';
import { FormDialog, List, Name, Opener, Panel, usePages } from '../ui.js';

export function Tags() {
  const { root, may } = useProject();
  const tags = usePages('tags', (cursor) => api.get(`${root}/tags`, { cursor }), [root]);
  const categories = usePages('tag_categories', (cursor) => api.get(`${root}/tag-categories`, { cursor }), [root]);
  const named = new Map(categories.items.map((c) => [c.tag_category_id, c.name]));
  const inCategory = (tag) => ({ name: 'tag_category_id', label: 'Category', type: 'select', value: tag?.tag_category_id ?? '',
    options: [{ value: '', text: 'none' }, ...[...named].map(([value, text]) => ({ value, text }))] });
  const tagFields = (tag) => [...basics(tag), ...(named.size > 0 ? [inCategory(tag)] : [])];
  const tagBody = (v) => ({ name: v.name.trim(), description: v.description, ...(v.tag_category_id ? { tag_category_id: v.tag_category_id } : {}) });
  const categoryBody = (v) => ({ name: v.name.trim(), description: v.description });
  return html`
    <div class="grid">
      <${Kind} title="Tags" one="tag" path=${`${root}/tags`} idOf=${(t) => t.tag_id} pages=${tags} may=${may} fields=${tagFields} bodyOf=${tagBody}
        about=${(t) => named.get(t.tag_category_id)} reload=${tags.reload} />
      <${Kind} title="Categories" one="category" path=${`${root}/tag-categories`} idOf=${(c) => c.tag_category_id} pages=${categories} may=${may} fields=${basics} bodyOf=${categoryBody}
        about=${() => null} reload=${() => { categories.reload(); tags.reload(); }} />
    </div>`;
}

const basics = (of) => [
  { name: 'name', label: 'Name', required: true, value: of?.name, maxlength: 100 },
  { name: 'description', label: 'Description', value: of?.description ?? '', maxlength: 1000 },
];

function Kind({ title, one, path, idOf, pages, may, fields, bodyOf, about, reload }) {
  const columns = [
    { head: 'Name', wide: true, cell: (t) => html`<${Name}>${t.name}<//>${(about(t) || t.description) && html`<span class="under"><${Name}>${[about(t), t.description].filter(Boolean).join(' · ')}<//></span>`}` },
    { head: '', num: true, cell: (t) => html`<div class="actions">
      ${may('tag.update') && html`<${Opener} text="Edit" dialog=${(close) => html`<${FormDialog} title=${`Edit the ${one}`} onClose=${close} fields=${fields(t)}
        act=${async (v) => { await api.patch(`${path}/${idOf(t)}`, { ...bodyOf(v), version: t.version }); reload(); }} />`} />`}
      ${may('tag.delete') && html`<${Opener} text="Delete" tone="danger" dialog=${(close) => html`<${FormDialog} title=${`Delete this ${one}?`} confirm="Delete" onClose=${close}
        about="It is taken from all that have it." act=${async () => { await api.del(`${path}/${idOf(t)}`); reload(); }} />`} />`}</div>` },
  ];
  return html`
    <${Panel} title=${title} className="flush" actions=${may('tag.create') && html`<${Opener} text=${`New ${one}`} dialog=${(close) => html`
      <${FormDialog} title=${`New ${one}`} confirm="Make it" onClose=${close} fields=${fields(null)} act=${async (v) => { await api.post(path, { ...bodyOf(v), description: v.description || null }); reload(); }} />`} />`}>
      <${List} pages=${pages} caption=${title} keyOf=${idOf} columns=${columns} empty="There is none yet." />
    <//>`;
}
