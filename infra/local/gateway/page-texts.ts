import type { PartyKind } from '../../../schemas/values/parties.ts'
import type { PageLanguage } from './page-language.ts'

interface PageTexts {
  trial: string
  signIn: string
  noPassword: string
  others: (n: number) => string
  running: string
  openDesk: string
  people: string
  forDevelopers: string
  invited: string
  kinds: Readonly<Record<PartyKind | 'none', string>>
  roles: Readonly<Record<string, string>>
}

/** What the pages of this machine say to whoever tries the desk. The rest of them is for developers, in English. */
export const pageTexts: Readonly<Record<PageLanguage, PageTexts>> = {
  ro: {
    trial:
      'TRIAL, versiune de probă: doar persoane inventate. Nimic de pe acest calculator nu este protejat.',
    signIn: 'Alegeți cine sunteți',
    noPassword: 'Persoanele sunt inventate și nu au parolă.',
    others: (n) => `Alte persoane (${n})`,
    running: 'Acasă pe acest calculator',
    openDesk: 'Deschideți Acasă',
    people: 'Persoanele care pot intra',
    forDevelopers: 'Pentru dezvoltatori (în engleză)',
    invited: 'persoană invitată',
    kinds: {
      mission: 'Misiuni diplomatice',
      consular: 'Direcția consulară',
      iom: 'OIM',
      centre: 'Centrul',
      ministry: 'Ministerul Muncii și Protecției Sociale',
      partner: 'Parteneri',
      oversight: 'Supraveghere',
      none: 'Fără instituție',
    },
    roles: {
      officer: 'angajat',
      'duty-officer': 'angajat de serviciu',
      administrator: 'administrator',
    },
  },
  en: {
    trial: 'TRIAL: made-up people only. Nothing on this machine is protected.',
    signIn: 'Choose who you are',
    noPassword: 'The people are made up and have no password.',
    others: (n) => `Other people (${n})`,
    running: 'Acasă on this machine',
    openDesk: 'Open Acasă',
    people: 'People who can sign in',
    forDevelopers: 'For developers',
    invited: 'invited person',
    kinds: {
      mission: 'Diplomatic missions',
      consular: 'Consular department',
      iom: 'IOM',
      centre: 'Centre',
      ministry: 'Ministry of Labour and Social Protection',
      partner: 'Partners',
      oversight: 'Oversight',
      none: 'Without an organisation',
    },
    roles: { officer: 'officer', 'duty-officer': 'duty officer', administrator: 'administrator' },
  },
  ru: {
    trial: 'TRIAL, пробная версия: только вымышленные люди. На этом компьютере ничего не защищено.',
    signIn: 'Выберите, кто вы',
    noPassword: 'Эти люди вымышлены, и пароля у них нет.',
    others: (n) => `Другие люди (${n})`,
    running: 'Acasă на этом компьютере',
    openDesk: 'Открыть Acasă',
    people: 'Кто может войти',
    forDevelopers: 'Для разработчиков (на английском)',
    invited: 'приглашённый сотрудник',
    kinds: {
      mission: 'Дипломатические миссии',
      consular: 'Консульский департамент',
      iom: 'МОМ',
      centre: 'Центр',
      ministry: 'Министерство труда и социальной защиты',
      partner: 'Партнёры',
      oversight: 'Надзор',
      none: 'Без организации',
    },
    roles: { officer: 'сотрудник', 'duty-officer': 'дежурный', administrator: 'администратор' },
  },
}
