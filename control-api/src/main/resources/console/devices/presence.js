// Whether a device is there. Of one that never tells of its connections, nobody says that it is away.

/** `online`, `offline`, `not told` of one that was heard and never tells, or `never seen`. */
export const presence = (device) => {
  if (device.online) {
    return 'online';
  }
  if (device.connection_id !== null) {
    return 'offline';
  }
  return device.last_seen_at ? 'not told' : 'never seen';
};

/** Whether it has ever told of a connection. */
export const tells = (device) => ['online', 'offline'].includes(presence(device));
