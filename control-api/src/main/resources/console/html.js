// What every page draws with: elements written as templates. Whatever stands in ${…} becomes text or an attribute,
// never markup.
import { h } from 'preact';
import htm from 'htm';

export { Fragment, render } from 'preact';
export { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
export const html = htm.bind(h);
