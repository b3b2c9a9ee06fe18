/** The practitioner's view of one person: found from a referral, joined over the sources that an agreement lends. */
export { recordsModule } from "./module.tsx";
