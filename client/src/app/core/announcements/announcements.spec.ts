import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from 'vitest';

import { FakeServer, json, refusal } from '../../../testing/fake-server';
import { type ShownAnnouncement } from '../api/schema';
import { Announcements } from './announcements';

const announcement = (id: string, more: Partial<ShownAnnouncement> = {}): ShownAnnouncement => ({
  id,
  severity: 'info',
  title: id,
  text: '',
  isDismissible: true,
  startsAt: '2026-01-01T00:00:00.000Z',
  endsAt: null,
  updatedAt: '2026-01-01T00:00:00.000Z',
  ...more,
});

describe('announcements', () => {
  let server: FakeServer;
  let announcements: Announcements;

  beforeEach(() => {
    server = new FakeServer();
    announcements = TestBed.inject(Announcements);
  });

  const answer = (...all: ShownAnnouncement[]) =>
    server.on('GET /api/announcements', () => json({ announcements: all }));
  const shown = () => announcements.shown().map(({ id }) => id);

  it('are put away one by one, and stay away', async () => {
    answer(announcement('a'), announcement('b'));
    await announcements.load();
    announcements.dismiss(announcements.shown()[0]!);
    expect(shown()).toEqual(['b']);
    TestBed.resetTestingModule();
    announcements = TestBed.inject(Announcements);
    await announcements.load();
    expect(shown()).toEqual(['b']);
  });

  it('come back when they were changed', async () => {
    answer(announcement('a'));
    await announcements.load();
    announcements.dismiss(announcements.shown()[0]!);
    answer(announcement('a', { updatedAt: '2026-02-01T00:00:00.000Z' }));
    await announcements.load();
    expect(shown()).toEqual(['a']);
  });

  it('that cannot be put away are always there', async () => {
    answer(announcement('a', { isDismissible: false }));
    await announcements.load();
    announcements.dismiss(announcements.shown()[0]!);
    expect(shown()).toEqual(['a']);
  });

  it('stay as they are when the server does not answer', async () => {
    answer(announcement('a'));
    await announcements.load();
    server.on('GET /api/announcements', () => refusal(503, 'database_unavailable'));
    await announcements.load();
    expect(shown()).toEqual(['a']);
  });

  it.each(['{', '7', '[1]'])('forget what somebody else wrote into the store: %s', async (text) => {
    localStorage.setItem('lumen.dismissed-announcements', text);
    answer(announcement('a'));
    await TestBed.inject(Announcements).load();
    expect(shown()).toEqual(['a']);
  });
});
