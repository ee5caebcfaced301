// Whether a device is there. One that was never heard of has told nobody, and nobody says that it is away.

/** `online`, `offline`, or `not told`. */
export const presence = (device) => {
  if (device.online) {
    return 'online';
  }
  return device.last_seen_at ? 'offline' : 'not told';
};
