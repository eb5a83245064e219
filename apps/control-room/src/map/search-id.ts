/** Element of the search, focused by the key `/`. */
export const SEARCH_ID = 'sensor-search';
