import type { AreaValue, BarValue, Bin, TimePoint } from "../../src/kit/index.ts";
import { inventedTown, noise } from "../support/invented-town.ts";

export const wards = inventedTown(5, 4, 9, 20);

export const wardRates: AreaValue[] = wards.map((ward, at) => {
  const value = Math.round((4.6 + 4.2 * noise(at + 3)) * 10) / 10;
  if (at === 6 || at === 13)
    return { code: ward.code, name: ward.name, value: null, shown: false, text: "fewer than 10 casualties" };
  if (at === 17) return { code: ward.code, name: ward.name, value: null, shown: true, text: "not surveyed" };
  return { code: ward.code, name: ward.name, value, shown: true, text: `${value.toFixed(1)} per 1,000` };
});

export const modes: BarValue[] = [
  { code: "car", name: "Car", value: 742, shown: true, text: "742" },
  { code: "walk", name: "Pedestrian", value: 281, shown: true, text: "281" },
  { code: "cycle", name: "Pedal cycle", value: 214, shown: true, text: "214" },
  { code: "moto", name: "Powered two-wheeler, of any engine size", value: 126, shown: true, text: "126" },
  { code: "bus", name: "Bus or coach", value: 51, shown: true, text: "51" },
  { code: "van", name: "Goods vehicle", value: 17, shown: true, text: "17" },
  { code: "horse", name: "Ridden horse", value: null, shown: false, text: "fewer than 10" },
  { code: "tram", name: "Tram", value: null, shown: true, text: "not recorded before 2021" },
];

export const wardBars: BarValue[] = wardRates
  .filter((ward) => ward.value !== null)
  .sort((one, two) => (two.value ?? 0) - (one.value ?? 0))
  .slice(0, 9)
  .map((ward) => {
    const value = ward.value ?? 0;
    return { ...ward, text: value.toFixed(1), interval: { low: value * 0.82, high: value * 1.21 } };
  });

export const ages: Bin[] = Array.from({ length: 18 }, (_, at) => {
  const value = Math.max(11, Math.round(150 + 110 * Math.sin(at / 3.1) + 30 * noise(at) - at * 4));
  const hidden = at === 17;
  return {
    from: at * 5,
    to: at * 5 + 5,
    value: hidden ? null : value,
    shown: !hidden,
    text: hidden ? "fewer than 10" : String(value),
  };
});

export function months(level: number, slope: number, seed: number, hidden: readonly number[] = []): TimePoint[] {
  return Array.from({ length: 66 }, (_, at) => {
    const year = 2019 + Math.floor(at / 12);
    const value = Math.round(level + slope * at + level * 0.16 * Math.sin((at / 6) * Math.PI) + level * 0.1 * noise(at + seed));
    const shown = !hidden.includes(at);
    return {
      at: `${year}-${String((at % 12) + 1).padStart(2, "0")}-01`,
      value: shown ? value : null,
      shown,
      text: shown ? String(value) : "fewer than 10",
    };
  });
}

export const sources = [
  { name: "Adult social care referrals", owner: "Harbour Council", rows: "412,806", loaded: "2026-11-12", state: "good" },
  { name: "Council tax accounts", owner: "Harbour Council", rows: "118,204", loaded: "2026-11-24", state: "good" },
  {
    name: "Domestic energy certificates with improvements recommended",
    owner: "Green Homes Partnership",
    rows: "96,551",
    loaded: "2026-10-03",
    state: "look",
  },
  { name: "Housing repairs", owner: "Quayside Homes", rows: "1,204,377", loaded: "2026-11-23", state: "good" },
  { name: "Roadside air readings", owner: "Harbour Council", rows: "[c]", loaded: "2026-11-24", state: "note" },
  { name: "School census, autumn", owner: "Harbour Schools Trust", rows: "31,902", loaded: "2026-09-30", state: "stop" },
] as const;
