import { TestBed } from '@angular/core/testing';

import { Icon } from './icon';
import { ICON_PATHS } from './icon-paths';

describe('Icon', () => {
  it('draws, and is silent', async () => {
    const fixture = TestBed.createComponent(Icon);
    fixture.componentRef.setInput('name', 'menu');
    await fixture.whenStable();
    const host = fixture.nativeElement as HTMLElement;
    expect(host.getAttribute('aria-hidden')).toBe('true');
    expect(host.querySelector('path')?.getAttribute('d')).toBe(ICON_PATHS.menu);
  });

  it('has a real path for every name', () => {
    for (const path of Object.values(ICON_PATHS)) expect(path).toMatch(/^m[-\d][-\d mhvlqz]+z$/);
  });
});
