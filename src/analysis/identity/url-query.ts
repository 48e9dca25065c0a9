// Parameters of an address as it stands in a file: bare, in HTML, or escaped in a string.

/** The parameters by name, decoded; the first of each name. Never throws. */
export function readQuery(text: string): ReadonlyMap<string, string> {
  const plain = text.replace(/&amp;|\\u0026/g, '&');
  const query = new Map<string, string>();
  for (const [, name, value] of plain.matchAll(
    /(?:^|[?&;\s])([A-Za-z][A-Za-z-]{0,39})=([^&;#\s"'<>`]{1,2048})/g,
  )) {
    if (!query.has(name!)) query.set(name!, decodePercent(value!));
  }
  return query;
}

/** Percent encoding undone where it is well formed. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The host in the first `scheme://host` of `text`, without userinfo and port. */
export function hostOf(text: string): string | undefined {
  return /:\/\/(?:[^\s/?#@"'<>]{0,256}@)?([A-Za-z0-9.-]{1,253})/.exec(text)?.[1];
}
