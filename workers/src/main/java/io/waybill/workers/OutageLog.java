package io.waybill.workers;

import io.waybill.core.ErrorCode;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a part of the world is away when it begins and when it is over, not every time: a
 * database that goes takes twenty jobs along, and whoever meets it first says so for all.
 */
final class OutageLog {

  private static final Logger LOG = LoggerFactory.getLogger(OutageLog.class);

  private final String job;
  private final Set<ErrorCode> said;
  private final Set<ErrorCode> lasting = EnumSet.noneOf(ErrorCode.class);
  private final Set<ErrorCode> met = EnumSet.noneOf(ErrorCode.class);
  private boolean wentWell;

  private OutageLog(String job, Set<ErrorCode> said) {
    this.job = job;
    this.said = said;
  }

  /** Of a job that is alone. */
  static OutageLog of(String job) {
    return ofMany().apply(job);
  }

  /** Of the jobs of one process. */
  static Function<String, OutageLog> ofMany() {
    Set<ErrorCode> said = ConcurrentHashMap.newKeySet();
    return job -> new OutageLog(job, said);
  }

  synchronized void met(ErrorCode code, String what) {
    met.add(code);
    lasting.add(code);
    if (said.add(code)) {
      LOG.atWarn()
          .setMessage("{}: {}; what was claimed stays due and is taken up again. {}")
          .addArgument(job)
          .addArgument(what)
          .addArgument(whoMends(code))
          .addKeyValue("operation", job)
          .addKeyValue("error_code", code.code())
          .log();
    }
  }

  synchronized void wentWell() {
    wentWell = true;
  }

  /** Whoever was not met in a round in which something went well is back. */
  synchronized void endRound() {
    if (wentWell) {
      for (ErrorCode code : EnumSet.copyOf(lasting)) {
        if (!met.contains(code) && lasting.remove(code) && said.remove(code)) {
          LOG.atInfo()
              .setMessage("{}: {} is over; what had stayed due is under way")
              .addArgument(job)
              .addArgument(code.code())
              .addKeyValue("operation", job)
              .log();
        }
      }
    }
    met.clear();
    wentWell = false;
  }

  private static String whoMends(ErrorCode code) {
    return code == ErrorCode.STORAGE_REFUSED
        ? "Storage's operator mends it: look at our key, its rights and the bucket."
        : "Nothing is to be done here: it goes on by itself when it answers.";
  }
}
