import { Field, Float, ObjectType } from 'type-graphql';
import { SafeInt } from '#platform/graphql';
import { middleOf } from './geohash.ts';
import type { CellCount, Locations } from './read-locations.ts';

@ObjectType({ description: 'How many dialogues began within a cell of the map.' })
export class LocationCount {
  @Field(() => Float, { description: 'Latitude of the middle of the cell, degrees north.' })
  latitude: number;

  @Field(() => Float, { description: 'Longitude of the middle of the cell, degrees east.' })
  longitude: number;

  @Field(() => String, { description: 'The cell, as a geohash of the length asked for.' })
  geohash: string;

  @Field(() => SafeInt, { description: 'Dialogues that began there.' })
  count: number;

  constructor({ geohash, count }: CellCount) {
    const { latitude, longitude } = middleOf(geohash);
    this.latitude = latitude;
    this.longitude = longitude;
    this.geohash = geohash;
    this.count = count;
  }
}

@ObjectType({ description: 'Dialogues in the widget on a site, by where the client was.' })
export class DialogueLocations {
  @Field(() => [LocationCount], { description: 'Cells in which any began, the greatest count first, then by geohash.' })
  cells: LocationCount[];

  @Field(() => SafeInt, { description: 'Dialogues in the widget without coordinates; in no cell.' })
  unknown: number;

  constructor({ cells, unknown }: Locations) {
    this.cells = cells.map((cell) => new LocationCount(cell));
    this.unknown = unknown;
  }
}
