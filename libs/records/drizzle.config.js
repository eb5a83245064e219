/** For `npm run migration`: writes the next file of migrations/ from the schemas. */
export default { dialect: 'postgresql', schema: ['./src/schema.ts', './src/call-out-schema.ts'], out: './migrations' };
