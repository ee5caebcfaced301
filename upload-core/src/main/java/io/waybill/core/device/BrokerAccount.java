package io.waybill.core.device;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A device as a broker has to know it that keeps names and passwords itself.
 *
 * @param credentialVersion of the credential that it is let in by
 * @param passwordHash as Mosquitto keeps it; null of a credential that was issued before we kept
 *     one
 */
public record BrokerAccount(
    UUID tenantId, UUID deviceId, int credentialVersion, @Nullable String passwordHash) {}
