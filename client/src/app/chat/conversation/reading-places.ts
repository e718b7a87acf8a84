import { Service } from '@angular/core';

/** A turn and how far below the window's top edge it began. */
interface Place {
  key: string;
  offset: number;
}

const MOST_PLACES = 100;
/** So near to the end counts as there, where one will want to be again. */
const NEAR_END = 60;

/** Where one was in each conversation, for as long as the page lives. */
@Service()
export class ReadingPlaces {
  private readonly places = new Map<string, Place>();

  note(conversation: string | null, scroller: HTMLElement): void {
    if (conversation === null) return;
    this.places.delete(conversation);
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    if (scrollHeight - scrollTop - clientHeight < NEAR_END) return;
    const place = placeIn(scroller);
    if (place !== null) this.places.set(conversation, place);
    if (this.places.size > MOST_PLACES) this.places.delete(this.places.keys().next().value!);
  }

  /** Scrolls to where one was; false if there is no such place. */
  restore(conversation: string | null, scroller: HTMLElement): boolean {
    const place = this.places.get(conversation ?? '');
    if (place === undefined) return false;
    const turn = scroller.querySelector(`[data-turns="${CSS.escape(place.key)}"]`);
    if (turn === null) return false;
    const { top } = scroller.getBoundingClientRect();
    scroller.scrollTop += turn.getBoundingClientRect().top - top - place.offset;
    return true;
  }
}

function placeIn(scroller: HTMLElement): Place | null {
  const { top } = scroller.getBoundingClientRect();
  for (const turn of scroller.querySelectorAll<HTMLElement>('[data-turns]')) {
    const box = turn.getBoundingClientRect();
    if (box.bottom > top) return { key: turn.dataset['turns'] ?? '', offset: box.top - top };
  }
  return null;
}
