/* Loaded before the C library: waits for the disk fail while FAULT_FLAG exists, and the clock is off by FAULT_CLOCK. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int fails(void) {
  const char *flag = getenv("FAULT_FLAG");
  return flag && access(flag, F_OK) == 0 && rand() % 3 == 0;
}

int fdatasync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
  if (fails()) { errno = EIO; return -1; }
  return real(fd);
}

int fsync(int fd) {
  static int (*real)(int);
  if (!real) real = dlsym(RTLD_NEXT, "fsync");
  if (fails()) { errno = EIO; return -1; }
  return real(fd);
}

static int64_t off(void) {
  static const int64_t none, *at;
  if (!at) {
    const char *name = getenv("FAULT_CLOCK");
    int fd = name ? open(name, O_RDONLY) : -1;
    void *map = fd < 0 ? MAP_FAILED : mmap(0, sizeof none, PROT_READ, MAP_SHARED, fd, 0);
    at = map == MAP_FAILED ? &none : map;
  }
  return *at;
}

int clock_gettime(clockid_t which, struct timespec *now) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int told = real(which, now);
  if (!told && which == CLOCK_REALTIME) now->tv_sec += off();
  return told;
}

time_t time(time_t *out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out) *out = now.tv_sec;
  return now.tv_sec;
}
