// Neither ships types of its own; this is all that the staging asks of them.
declare module '@babel/core' {
  export const transformAsync: (
    source: string,
    options: { presets: unknown[]; filename: string; configFile: false },
  ) => Promise<{ code: string } | null>;
}
declare module 'babel-preset-solid';
