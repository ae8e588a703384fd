import { allItems, type Board, type BoardItem } from '../model/board.ts';
import type { DocumentIndex } from '../model/document.ts';
import type { IdKey } from '../model/id.ts';
import { currentKey } from '../model/reference.ts';

type Finders = Pick<DocumentIndex, 'find' | 'findFormer'>;
type BoardLookups = Pick<DocumentIndex, 'boards' | 'findItem' | 'itemsListing'>;

function itemsById(boards: readonly Board[]): Map<IdKey, BoardItem> {
  const items = new Map<IdKey, BoardItem>();
  for (const item of allItems(boards)) {
    const key = item.id.id?.key;
    if (key !== undefined && !items.has(key)) items.set(key, item);
  }
  return items;
}

/** The items by the documents that they list as outputs, in the order of the boards. */
function itemsByOutput(boards: readonly Board[], finders: Finders): Map<IdKey, Set<BoardItem>> {
  const listing = new Map<IdKey, Set<BoardItem>>();
  for (const item of allItems(boards)) {
    for (const { id } of item.outputs) {
      const key = id && currentKey(id, finders);
      if (key === undefined) continue;
      const items = listing.get(key);
      if (items) items.add(item);
      else listing.set(key, new Set([item]));
    }
  }
  return listing;
}

/**
 * What an index tells of boards; each part is worked out when somebody asks.
 *
 * @param read reads the boards
 */
export function boardLookups(read: () => readonly Board[], finders: Finders): BoardLookups {
  let boards: readonly Board[] | undefined;
  let items: Map<IdKey, BoardItem> | undefined;
  let listing: Map<IdKey, Set<BoardItem>> | undefined;
  const all = (): readonly Board[] => {
    boards ??= read();
    return boards;
  };
  return {
    get boards() {
      return all();
    },
    findItem: (key) => {
      items ??= itemsById(all());
      return items.get(key);
    },
    itemsListing: (key) => {
      listing ??= itemsByOutput(all(), finders);
      return [...(listing.get(key) ?? [])];
    },
  };
}
