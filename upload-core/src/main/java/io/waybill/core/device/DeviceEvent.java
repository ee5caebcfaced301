package io.waybill.core.device;

import io.waybill.core.event.EventType;

/**
 * What can happen to a device. Words that are still to be said are here, too, so that whoever
 * switches on them knows them before.
 */
public enum DeviceEvent implements EventType {
  REGISTERED("device.registered"),
  ONLINE("device.online"),
  OFFLINE("device.offline"),
  DISABLED("device.disabled"),
  ENABLED("device.enabled"),
  REVOKED("device.revoked"),
  CREDENTIAL_ROTATING("device.credential_rotating"),
  CREDENTIAL_ROTATED("device.credential_rotated"),
  UPDATED("device.updated"),
  DELETED("device.deleted"),
  CREDENTIALS_REVOKED("device.credentials_revoked"),
  COMMAND_CREATED("device.command_created"),
  COMMAND_FINISHED("device.command_finished");

  private final String code;

  DeviceEvent(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}
