import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** In this order, so that the small files of the last one keep both workers busy to the end. */
const projects = ['browser', 'stack', 'infra', 'parts', 'unit']

/** Seconds that a file takes on an idle machine, of those that its size tells nothing about. */
const seconds: Readonly<Record<string, number>> = { 'test/bench/short.test.ts': 60 }

/** How many bytes of a test take a second, by and large. */
const bytesInSecond = 2_000

/**
 * The files of a project follow each other, since a worker keeps its stack for the files of one project alone; the longest
 * come first, so that none is left running by itself.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const root = this.ctx.config.root
    const costOf = ({ moduleId }: TestSpecification) =>
      seconds[relative(root, moduleId)] ?? statSync(moduleId).size / bytesInSecond
    const rank = ({ project }: TestSpecification) => projects.indexOf(project.name)
    return files.toSorted((a, b) => rank(a) - rank(b) || costOf(b) - costOf(a))
  }
}
