/** Origin of a base map of the city's own, where it lies on another server. */
function originOf(url: string | undefined): readonly string[] {
  if (url === undefined) return [];
  // `{z}/{x}/{y}` and `{s}` are no parts of an origin that URL would take.
  const plain = url.replace(/\{\w+\}/g, '0');
  return URL.canParse(plain) && /^https?:/.test(plain) ? [new URL(plain).origin] : [];
}

/**
 * What the page may load: itself, and a base map's server. MapLibre draws in a worker made from a blob; Mantine writes style
 * elements; the page is served over plain HTTP inside a control room too, so nothing is upgraded.
 */
export function contentSecurity(basemapUrl: string | undefined): Record<string, Iterable<string> | null> {
  const basemap = originOf(basemapUrl);
  return {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    scriptSrcAttr: ["'none'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:', ...basemap],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'", ...basemap],
    workerSrc: ["'self'", 'blob:'],
    childSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  };
}
