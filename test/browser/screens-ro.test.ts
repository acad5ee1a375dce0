import { looksAtScreensIn } from '../parts/screen-tests.ts'

looksAtScreensIn('ro')
