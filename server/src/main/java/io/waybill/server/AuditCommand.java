package io.waybill.server;

import io.waybill.core.app.CommitListener;
import io.waybill.core.audit.Seal;
import io.waybill.core.audit.usecase.AuditUseCases;
import io.waybill.core.audit.usecase.VerifyAudit.Finding;
import io.waybill.core.audit.usecase.VerifyAudit.Report;
import io.waybill.server.command.Settings;
import io.waybill.server.wiring.Backbone;
import io.waybill.wire.Json;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill admin audit}: whether the audit trail is whole, and all of it as JSON lines. */
@Command(
    name = "audit",
    description = "Checks and exports the audit trail.",
    mixinStandardHelpOptions = true)
final class AuditCommand implements Runnable {

  private static final Duration SEALED_WITHIN = Duration.ofMinutes(1);

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  @Command(
      name = "verify",
      description = "Checks the chain of seals; ends with 1 when something was tampered with.",
      mixinStandardHelpOptions = true)
  int verify(
      @Option(names = "--tenant", description = "this one only") @Nullable UUID tenant,
      @Option(
              names = "--expect",
              description = "NUMBER:HASH of a seal noted earlier, which must still be there")
          @Nullable String expected) {
    try (Backbone backbone = open()) {
      AuditUseCases audit = backbone.useCases().audit();
      boolean isWhole = true;
      for (UUID one : tenants(audit, tenant)) {
        isWhole &= verify(audit, one, Instant.now());
        isWhole &= expected == null || isThere(audit, one, expected);
      }
      return isWhole ? 0 : 1;
    }
  }

  private static boolean verify(AuditUseCases audit, UUID tenant, Instant now) {
    long[] findings = {0};
    Report report =
        audit
            .verifyAudit()
            .handle(
                tenant,
                found -> {
                  findings[0]++;
                  System.out.println(said(found));
                });
    Seal last = report.last();
    System.out.printf(
        "tenant %s: %d seals over %d rows, %s; last seal %s; %d rows are not sealed yet%n",
        tenant,
        report.seals(),
        report.rows(),
        findings[0] == 0 ? "whole" : findings[0] + " findings",
        last == null ? "none" : last.number() + ":" + last.hash() + " of " + last.sealedAt(),
        report.unsealed());
    if (report.droppedBefore() != null) {
      System.out.printf(
          "tenant %s: rows of before %s are kept no longer%n", tenant, report.droppedBefore());
    }
    return findings[0] == 0 && isFresh(report, now);
  }

  /** What nobody has sealed for long may have had a seal that was taken away. */
  private static boolean isFresh(Report report, Instant now) {
    UUID oldest = report.oldestUnsealed();
    if (oldest == null) {
      return true;
    }
    Instant since = Instant.ofEpochMilli(oldest.getMostSignificantBits() >>> 16);
    if (now.isBefore(since.plus(SEALED_WITHIN))) {
      return true;
    }
    System.out.printf(
        "tenant %s: rows since %s (%s) have no seal: no worker has run since, or the last seals"
            + " were removed%n",
        report.tenantId(), since, oldest);
    return false;
  }

  private static boolean isThere(AuditUseCases audit, UUID tenant, String expected) {
    boolean isThere = audit.verifyAudit().has(tenant, expected);
    if (!isThere) {
      System.out.printf("tenant %s: the seal %s is not there any more%n", tenant, expected);
    }
    return isThere;
  }

  private static String said(Finding found) {
    String where = "tenant " + found.tenantId() + ": seal " + found.seal();
    return switch (found.fault()) {
      case ROW_CHANGED -> where + ": row " + found.row() + " was changed";
      case ROW_REMOVED -> where + ": row " + found.row() + " was removed";
      case ROW_INSERTED -> where + ": row " + found.row() + " was inserted behind its back";
      case SEAL_CHANGED -> where + " was changed";
      case SEAL_REMOVED -> where + " was removed";
      case CHAIN_BROKEN -> where + " does not follow the one before: one of them was replaced";
    };
  }

  @Command(
      name = "export",
      description = "Prints every row as a line of JSON, newest first.",
      mixinStandardHelpOptions = true)
  void export(@Option(names = "--tenant", description = "this one only") @Nullable UUID tenant) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (Backbone backbone = open()) {
      AuditUseCases audit = backbone.useCases().audit();
      for (UUID one : tenants(audit, tenant)) {
        audit.exportAudit().handle(one, row -> out.append(line(one, row)));
      }
    }
    out.flush();
  }

  private static String line(UUID tenant, Object event) {
    return new String(Json.bytes(new Line(tenant, event)), StandardCharsets.UTF_8) + "\n";
  }

  private record Line(UUID tenantId, Object event) {}

  private static List<UUID> tenants(AuditUseCases audit, @Nullable UUID tenant) {
    return tenant == null ? audit.verifyAudit().tenants() : List.of(tenant);
  }

  private static Backbone open() {
    return Backbone.open(Settings.quiet(), CommitListener.NONE);
  }
}
