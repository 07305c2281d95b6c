// How a page is read and pressed from within, as text for the page. Must not know what the page shows.

/** Puts `probe` into the page: names as a screen reader has them, near enough for buttons and fields. */
const PROBE = String.raw`(() => {
  const CLICKABLE = 'button, a[href], input[type=button], input[type=submit], [role=button], [role=link], [role=tab], [role=switch], [role=radio], [role=checkbox], [role=option], [role=menuitem], label';
  const FIELDS = 'input, textarea, select, [role=spinbutton], [role=textbox]';
  const isSeen = (one) => one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !one.closest('[aria-hidden=true], [inert]');
  const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (one) => {
    const by = one.getAttribute('aria-labelledby');
    if (by) return tidy(by.split(' ').map((id) => document.getElementById(id)?.textContent).join(' '));
    const own = one.getAttribute('aria-label');
    if (own) return tidy(own);
    if (one.labels?.length) return tidy(one.labels[0].textContent);
    return tidy(one.textContent);
  };
  const seen = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);
  const found = (selector, name) => {
    const all = seen(selector).filter((one) => nameOf(one) === name);
    const usable = all.find((one) => !one.disabled && one.getAttribute('aria-disabled') !== 'true');
    if (!usable) throw new Error(JSON.stringify(name) + (all.length ? ' is disabled' : ' is not in sight; there are: ' + seen(selector).map(nameOf).join(', ')));
    return usable;
  };
  return {
    text: () => document.body.innerText,
    buttons: () => seen(CLICKABLE).map(nameOf),
    press: (name) => { const one = found(CLICKABLE, name); one.focus(); one.click(); },
    fill: (name, value) => {
      const one = found(FIELDS, name);
      one.focus();
      const prototype = one instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
      Object.getOwnPropertyDescriptor(prototype, 'value').set.call(one, value);
      one.dispatchEvent(new InputEvent('input', { bubbles: true, data: value }));
      one.dispatchEvent(new Event('change', { bubbles: true }));
      one.blur();
    },
  };
})()`;

/** An expression that does one thing of the probe's. */
export function probing(what: 'text' | 'buttons' | 'press' | 'fill', ...values: readonly string[]): string {
  return `${PROBE}.${what}(${values.map((value) => JSON.stringify(value)).join(', ')}) ?? null`;
}
