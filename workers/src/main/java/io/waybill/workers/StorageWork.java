package io.waybill.workers;

import io.waybill.core.policy.usecase.ProbeStorage;
import io.waybill.core.validation.usecase.ValidateDatasets;

/**
 * What workers do at the stores themselves.
 *
 * @param probing tries what they do
 * @param validation looks into what they keep
 */
public record StorageWork(ProbeStorage probing, ValidateDatasets validation) {}
