package io.waybill.core.recovery;

/** The stores that are recovery's own. */
public record RecoveryTables(
    RecoveryStore runs, RecoveryChecks checks, UnclaimedObjects unclaimed) {}
