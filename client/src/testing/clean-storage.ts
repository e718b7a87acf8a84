/** No spec finds what another left in the browser's storage, in whichever order they run. */
beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});
