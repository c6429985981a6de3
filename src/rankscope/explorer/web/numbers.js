// Numbers as people read them: a true minus, a dash for nothing.

export const MISSING = "–";

// To make a format takes a hundred times as long as to use it.
const formats = new Map();
const formatOf = (decimals) => {
  if (!formats.has(decimals)) formats.set(decimals, new Intl.NumberFormat("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
  return formats.get(decimals);
};

export const fixed = (value, decimals) => {
  if (value === null || !Number.isFinite(value)) return MISSING;
  const text = formatOf(decimals).format(value);
  return /[1-9]/.test(text) ? text.replace("-", "−") : text.replace("-", "");
};

export const figure = (value, decimals = null) => {
  if (value === null || !Number.isFinite(value)) return MISSING;
  if (Math.abs(value) >= 1e12) return `${significant(value / 1e12)} trillion`;
  if (Math.abs(value) >= 1e9) return `${significant(value / 1e9)} billion`;
  if (decimals === null || value === 0) return significant(value);
  return fixed(value, Math.abs(value) >= 1000 ? 0 : decimals);
};

export const significant = (value) => {
  if (!Number.isFinite(value)) return MISSING;
  if (Number.isInteger(value)) return fixed(value, 0);
  return fixed(value, Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))));
};

export const signed = (value, decimals) => (value > 0 ? `+${fixed(value, decimals)}` : fixed(value, decimals));

export const percent = (share) => (Number.isFinite(share) ? `${fixed(share * 100, share < 0.0995 ? 1 : 0)} %` : MISSING);

export const ordinal = (number) => {
  const teens = number % 100 >= 11 && number % 100 <= 13;
  return `${number}${(teens ? null : ["st", "nd", "rd"][(number % 10) - 1]) ?? "th"}`;
};

export const shared = (ranks, row) => {
  const rank = ranks[row];
  if (!rank) return MISSING;
  return ranks.some((other, at) => other === rank && at !== row) ? `${rank}=` : String(rank);
};
