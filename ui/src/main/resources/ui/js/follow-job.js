import { ConnectionLost, sendJson } from "./request.js";

const FIRST_WAIT_MILLIS = 400;
const LONGEST_WAIT_MILLIS = 4_000;
const DONE = ["ready", "duplicate", "failed"];

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * Asks after a job, ever less often, until it is ready, duplicate or failed. `onState` is called with each job, and
 * with null while the appliance cannot be reached; asking goes on, since the job does.
 */
export async function followJob(first, onState) {
  let job = first;
  onState(job);
  for (let wait = FIRST_WAIT_MILLIS; !DONE.includes(job.state); wait = Math.min(wait * 1.5, LONGEST_WAIT_MILLIS)) {
    await pause(wait);
    try {
      job = await sendJson(`/api/jobs/${encodeURIComponent(job.id)}`);
      onState(job);
    } catch (error) {
      if (!(error instanceof ConnectionLost)) throw error;
      onState(null);
    }
  }
  return job;
}
