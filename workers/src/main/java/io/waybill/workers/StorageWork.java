package io.waybill.workers;

import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.recovery.usecase.RecoverDatasets;
import io.waybill.core.upload.usecase.CountStandingStill;
import io.waybill.core.upload.usecase.SweepUploads;
import io.waybill.core.validation.usecase.ValidateDatasets;

/**
 * What workers do at the stores themselves.
 *
 * @param probing tries what they do
 * @param validation looks into what they keep
 * @param recovery compares what they keep with the database, after a restore
 * @param sweeping aborts what nobody carries
 * @param standingStill counts what they are about to drop, and what does not get on
 */
public record StorageWork(
    ProbeStorage probing,
    ValidateDatasets validation,
    RecoverDatasets recovery,
    SweepUploads sweeping,
    CountStandingStill standingStill) {}
