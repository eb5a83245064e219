/** For `npm run migration`: writes the next file of migrations/ from src/schema.ts. */
export default { dialect: 'postgresql', schema: './src/schema.ts', out: './migrations' };
