import { Service, computed, inject } from '@angular/core';

import { I18n } from '../../core/i18n/i18n';

/** Numbers as figures and charts show them, in the person's own way of writing. */
@Service()
export class Figures {
  private readonly i18n = inject(I18n);
  private readonly short = this.format({ notation: 'compact', maximumFractionDigits: 1 });
  private readonly whole = this.format({ maximumFractionDigits: 0 });
  private readonly few = this.format({ maximumSignificantDigits: 3 });
  private readonly two = this.format({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  private readonly share = this.format({ style: 'percent', maximumFractionDigits: 1 });
  private readonly signed = this.format({
    style: 'percent',
    maximumFractionDigits: 0,
    signDisplay: 'exceptZero',
  });

  /** 58.1K */
  compact(value: number): string {
    return Math.abs(value) < 10_000 ? this.number(value) : this.short().format(value);
  }

  number(value: number): string {
    return Number.isInteger(value) ? this.whole().format(value) : this.coins(value);
  }

  /** Two decimals, or three digits where that would be nothing. */
  coins(value: number): string {
    const isTiny = value !== 0 && Math.abs(value) < 0.01;
    return (isTiny ? this.few() : this.two()).format(value);
  }

  /** 4.1% */
  percent(fraction: number): string {
    return this.share().format(fraction);
  }

  /** +12% */
  change(fraction: number): string {
    return this.signed().format(fraction);
  }

  /** 950 ms, 1.9 s */
  duration(ms: number): string {
    return ms < 1000 ? `${this.number(Math.round(ms))} ms` : `${this.few().format(ms / 1000)} s`;
  }

  private format(options: Intl.NumberFormatOptions) {
    return computed(() => new Intl.NumberFormat(this.i18n.locale(), options));
  }
}
