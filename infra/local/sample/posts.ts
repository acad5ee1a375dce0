/** A leg of the journey home. The last leg ends in Moldova; times are on the clocks of the two places. */
export interface TravelLeg {
  mode: 'air' | 'road' | 'rail'
  from: Place
  to: Place
  departs: string
  arrives: string
}

interface Place {
  name: string
  country: string
  zone: string
}

/** A post of the sample: its user, the towns in which people are identified, and the journey home. */
export interface SamplePost {
  /** The seeded user. */
  user: string
  country: string
  zone: string
  towns: readonly string[]
  legs: readonly TravelLeg[]
  /** Where the journey enters Moldova. */
  borderPoint: string
}

const chisinau: Place = { name: 'Chișinău', country: 'MD', zone: 'Europe/Chisinau' }

function byAir(from: Place, departs: string, arrives: string): Pick<SamplePost, 'legs' | 'borderPoint'> {
  return { legs: [{ mode: 'air', from, to: chisinau, departs, arrives }], borderPoint: 'RMO' }
}

function byRoad(
  from: Place,
  crossing: { name: string; point: string },
  departs: string,
  arrives: string,
): Pick<SamplePost, 'legs' | 'borderPoint'> {
  const to = { ...chisinau, name: crossing.name }
  return { legs: [{ mode: 'road', from, to, departs, arrives }], borderPoint: crossing.point }
}

/** By air to Otopeni, and some hours later on to Chișinău. */
function byBucharest(
  from: Place,
  departs: string,
  arrives: string,
): Pick<SamplePost, 'legs' | 'borderPoint'> {
  const otopeni = { name: 'Otopeni', country: 'RO', zone: 'Europe/Bucharest' }
  return {
    legs: [
      { mode: 'air', from, to: otopeni, departs, arrives },
      { mode: 'air', from: otopeni, to: chisinau, departs: '18:40', arrives: '19:50' },
    ],
    borderPoint: 'RMO',
  }
}

function post(
  user: string,
  country: string,
  zone: string,
  towns: readonly string[],
  journey: (from: Place) => Pick<SamplePost, 'legs' | 'borderPoint'>,
): SamplePost {
  return { user, country, zone, towns, ...journey({ name: towns[0] ?? '', country, zone }) }
}

const leuseni = { name: 'Leușeni', point: 'leuseni' }
const otaci = { name: 'Otaci', point: 'otaci' }

export const samplePosts = {
  istanbul: post('istanbul', 'TR', 'Europe/Istanbul', ['Istanbul', 'Bursa', 'Izmit'], (from) =>
    byBucharest(from, '10:10', '11:35'),
  ),
  ankara: post('ankara', 'LB', 'Asia/Beirut', ['Beirut', 'Sidon'], (from) =>
    byBucharest(from, '09:20', '12:05'),
  ),
  rome: post('rome', 'IT', 'Europe/Rome', ['Rome', 'Latina', 'Napoli'], (from) =>
    byAir(from, '12:15', '15:30'),
  ),
  milan: post('milan', 'IT', 'Europe/Rome', ['Milano', 'Brescia', 'Torino'], (from) =>
    byAir(from, '13:05', '16:25'),
  ),
  madrid: post('madrid', 'ES', 'Europe/Madrid', ['Madrid', 'Albacete', 'Murcia'], (from) =>
    byBucharest(from, '10:30', '15:20'),
  ),
  lisbon: post('lisbon', 'PT', 'Europe/Lisbon', ['Lisboa', 'Beja'], (from) =>
    byBucharest(from, '08:50', '14:55'),
  ),
  london: post('london', 'GB', 'Europe/London', ['London', 'Luton', 'Boston'], (from) =>
    byAir(from, '11:40', '16:55'),
  ),
  berlin: post('berlin', 'DE', 'Europe/Berlin', ['Berlin', 'Leipzig', 'Rostock'], (from) =>
    byAir(from, '14:20', '17:45'),
  ),
  warsaw: post('warsaw', 'PL', 'Europe/Warsaw', ['Warszawa', 'Łódź', 'Grójec'], (from) =>
    byAir(from, '15:10', '17:55'),
  ),
  prague: post('prague', 'CZ', 'Europe/Prague', ['Praha', 'Brno'], (from) =>
    byBucharest(from, '11:00', '13:55'),
  ),
  athens: post('athens', 'GR', 'Europe/Athens', ['Athens', 'Piraeus'], (from) =>
    byBucharest(from, '12:30', '14:00'),
  ),
  bucharest: post('bucharest', 'RO', 'Europe/Bucharest', ['București', 'Ploiești'], (from) =>
    byRoad(from, leuseni, '08:00', '15:30'),
  ),
  kyiv: post('kyiv', 'UA', 'Europe/Kyiv', ['Kyiv', 'Vinnytsia'], (from) =>
    byRoad(from, otaci, '07:00', '15:30'),
  ),
  moscow: post('moscow', 'RU', 'Europe/Moscow', ['Москва', 'Тула', 'Подольск'], (from) =>
    byBucharest(from, '06:30', '15:10'),
  ),
  'tel-aviv': post('tel-aviv', 'IL', 'Asia/Jerusalem', ['Tel Aviv', 'Haifa', 'Ashdod'], (from) =>
    byAir(from, '13:30', '16:35'),
  ),
} as const satisfies Record<string, SamplePost>

export type PostName = keyof typeof samplePosts
