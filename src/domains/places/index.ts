/** Areas and their boundaries: sets by kind and year, and which set covers given codes. */
export { addLookUp, type NewLookUp } from "./add-look-up.ts";
export { addAreas, findAreasFor, listAreas, removeAreas, type FoundAreas, type NewAreas } from "./areas.ts";
export { loadPlace, type LoadedPlace } from "./load-place.ts";
export { readPlaceFile, type PlaceFile } from "./place-file.ts";
export { placesModule } from "./module.tsx";
export type { AreaSet } from "./store.ts";
