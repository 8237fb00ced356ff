/**
 * Shows a card for each item, in order. Cards that are there already stay as they are, with what the reader has typed into
 * them and the focus.
 */
export function keepCards(list, items, make) {
  const wanted = new Set(items.map(({ id }) => id));
  for (const card of [...list.children]) if (!wanted.has(card.dataset.id)) card.remove();
  items.forEach((item, index) => {
    const next = list.children[index];
    if (next?.dataset.id === item.id) return;
    const known = [...list.children].find((card) => card.dataset.id === item.id);
    list.insertBefore(known ?? make(item), next ?? null);
  });
}
