import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checksum } from '../../src/cache/sections.ts';

const bytes = fc.uint8Array({ minLength: 1, maxLength: 1024 });

it('a checksum is another one when bits of a byte are flipped', () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (some, at, mask) => {
      const damaged = Uint8Array.from(some);
      damaged[at % some.length] = (some[at % some.length] as number) ^ mask;
      expect(checksum(damaged)).not.toBe(checksum(some));
    }),
    { seed: 20261129 },
  );
});

it('a checksum is another one when zeros are added, in front or behind', () => {
  fc.assert(
    fc.property(bytes, fc.integer({ min: 1, max: 1024 }), (some, count) => {
      const zeros = new Uint8Array(count);
      expect(checksum(Buffer.concat([some, zeros]))).not.toBe(checksum(some));
      expect(checksum(Buffer.concat([zeros, some]))).not.toBe(checksum(some));
    }),
    { seed: 20261129 },
  );
});

it('a checksum is a whole number of 32 bits, whatever memory the bytes lie in', () => {
  const some = Buffer.from('12345678901234567890');
  expect(checksum(some.subarray(3, 17))).toBe(checksum(Uint8Array.from(some.subarray(3, 17))));
  expect(checksum(new Uint8Array())).toBe(1);
  // 2 ** 33 - 1 by 2 ** 32 - 5.
  expect(checksum(new Uint8Array(4).fill(255))).toBe(9);
});
