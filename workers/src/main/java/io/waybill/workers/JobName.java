package io.waybill.workers;

import java.util.Arrays;
import java.util.Optional;

/**
 * Each kind of background work that moves when nobody calls, as logs, metrics and operators call
 * it.
 */
public enum JobName {
  REDRIVE("redrive", "goes on with uploads that somebody left, and expires and cleans up old ones"),
  PURGE("purge", "goes on with purges of datasets"),
  HOLD("hold", "tells stores which datasets are held, and which no more"),
  VALIDATE("validate", "looks at uploaded files before they may be used"),
  RECOVER("recover", "compares datasets with the stores after a restore"),
  SWEEP("sweep", "aborts uploads in the stores that no session carries"),
  FORGET("forget", "deletes answers that are remembered for repeated requests, when they expire"),
  FORGET_EVENTS("forget-events", "deletes events that were told two days ago"),
  EXPIRE_COMMANDS("expire-commands", "ends commands that no device has answered in time"),
  MONTHS("months", "makes the months ahead for events and audit rows, and drops old ones"),
  RECONCILE("reconcile", "proves what is counted of tenants, and mends it"),
  WARN("warn", "warns of quotas that are nearly used up"),
  SEAL("seal", "seals the audit trail of every tenant"),
  COUNT("count", "counts the sessions under way"),
  FLEET("fleet", "counts the devices, and how long nobody has heard of them"),
  DELIVER_WEBHOOK("deliver-webhook", "tells webhook endpoints what has happened"),
  STUCK("stuck", "counts what does not get on"),
  BACKLOG("backlog", "counts the events that wait to be told"),
  UNVALIDATED("unvalidated", "counts the datasets that wait to be validated"),
  PROBE("probe", "tries what the stores do, once for each bucket");

  private final String text;
  private final String does;

  JobName(String text, String does) {
    this.text = text;
    this.does = does;
  }

  /** As it is spelt in logs, metrics and commands. */
  public String text() {
    return text;
  }

  /** What it does, in one line. */
  public String does() {
    return does;
  }

  /** The one that is spelt so. */
  public static Optional<JobName> of(String text) {
    return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
  }
}
