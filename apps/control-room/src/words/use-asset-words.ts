import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssetFact } from './asset-facts.js';

export interface AssetWords {
  district(name: string): string;
  fact(fact: AssetFact): string;
  value(fact: AssetFact): string;
}

type Words = Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;

/** Says an asset's facts in the chosen language; a word that the page does not know stands as the registry has it. */
export function useAssetWords(): AssetWords {
  const { i18n } = useTranslation();
  // Looked up in the bundle: dots and colons of a given word are no path of keys.
  const words = i18n.getResourceBundle(i18n.language, 'translation') as Words;
  return useMemo(() => {
    const said = (group: 'district' | 'fact' | 'factValue', word: string): string => words[group]?.[word] ?? word;
    return {
      district: (name) => said('district', name),
      fact: ({ key }) => said('fact', key),
      value: ({ value }) => (value.kind !== 'word' ? value.text : said('factValue', value.text)),
    };
  }, [words]);
}
