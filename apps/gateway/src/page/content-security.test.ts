import { contentSecurity } from './content-security.js';

describe('what the page may load', () => {
  it('is itself alone with the built-in map', () => {
    expect(contentSecurity(undefined)['connectSrc']).toEqual(["'self'"]);
    expect(contentSecurity('/map/files/city.pmtiles')['connectSrc']).toEqual(["'self'"]);
  });

  it("is the server of the city's own base map too, and only its origin", () => {
    const policy = contentSecurity('https://tiles.example:8443/{z}/{x}/{y}.png?key=secret');
    expect(policy['connectSrc']).toEqual(["'self'", 'https://tiles.example:8443']);
    expect(policy['imgSrc']).toContain('https://tiles.example:8443');
  });
});
