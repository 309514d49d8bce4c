/* The language model, trained by hand-written C. Constants of the compilation:
   REAL float or double; N names, BATCH a step; POSITIONS of the longest; LR, BETA1, BETA2, EPS.
   Reads of each name the number of its positions and its signs, then the parameters; answers a
   line, then `losses K` and `run K`. */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
  V = 27, D = 16, HEADS = 4, SIZE = 4, M = 64,
  SIGNS = 0,
  PLACES = SIGNS + V * D,
  SCORES = PLACES + 16 * D,
  QUERY = SCORES + V * D,
  KEY = QUERY + D * D,
  VALUE = KEY + D * D,
  MIX = VALUE + D * D,
  WIDE = MIX + D * D,
  NARROW = WIDE + M * D,
  COUNT = NARROW + D * M
};

static int length[N], signs[N][POSITIONS + 1];
static REAL w[COUNT], g[COUNT], mean[COUNT], square[COUNT];
static double initial[COUNT];

static inline REAL power(REAL x) { return sizeof(REAL) == 4 ? expf(x) : exp(x); }
static inline REAL root(REAL x) { return sizeof(REAL) == 4 ? sqrtf(x) : sqrt(x); }
static inline REAL logarithm(REAL x) { return sizeof(REAL) == 4 ? logf(x) : log(x); }

static inline void linear(const REAL *restrict w, const REAL *restrict in, REAL *restrict out,
                          int nin, int nout) {
  for (int j = 0; j < nout; j++, w += nin) {
    REAL sum = 0;
    for (int i = 0; i < nin; i++) sum += w[i] * in[i];
    out[j] = sum;
  }
}

/* Adds to the gradients of the matrix, and to ∂loss/∂in. */
static inline void linearBack(const REAL *restrict w, REAL *restrict g, const REAL *restrict in,
                              const REAL *restrict dOut, REAL *restrict dIn, int nin, int nout) {
  for (int j = 0; j < nout; j++, w += nin, g += nin) {
    REAL d = dOut[j];
    for (int i = 0; i < nin; i++) g[i] += d * in[i];
    for (int i = 0; i < nin; i++) dIn[i] += d * w[i];
  }
}

static inline REAL norm(const REAL *restrict x, REAL *restrict out) {
  REAL sum = 0;
  for (int i = 0; i < D; i++) sum += x[i] * x[i];
  REAL scale = 1 / root(sum / D + (REAL)1e-5);
  for (int i = 0; i < D; i++) out[i] = x[i] * scale;
  return scale;
}

/* Adds to ∂loss/∂x. */
static inline void normBack(const REAL *restrict x, REAL scale, const REAL *restrict dOut,
                            REAL *restrict dX) {
  REAL sum = 0;
  for (int i = 0; i < D; i++) sum += dOut[i] * x[i];
  REAL pull = scale * scale * scale * sum / D;
  for (int i = 0; i < D; i++) dX[i] += scale * dOut[i] - pull * x[i];
}

static REAL nameLoss(int n, const int *s) {
  static REAL token[POSITIONS][D], start[POSITIONS][D], read[POSITIONS][D], q[POSITIONS][D],
      k[POSITIONS][D], v[POSITIONS][D], heard[POSITIONS][D], middle[POSITIONS][D],
      inner[POSITIONS][D], bent[POSITIONS][M], end[POSITIONS][D], p[POSITIONS][V],
      weight[POSITIONS][HEADS][POSITIONS], first[POSITIONS], second[POSITIONS], third[POSITIONS],
      dStart[POSITIONS][D], dQ[POSITIONS][D], dK[POSITIONS][D], dV[POSITIONS][D];
  REAL loss = 0, x[D];
  for (int t = 0; t < n; t++) {
    for (int i = 0; i < D; i++) token[t][i] = w[SIGNS + s[t] * D + i] + w[PLACES + t * D + i];
    first[t] = norm(token[t], start[t]);
    second[t] = norm(start[t], read[t]);
    linear(w + QUERY, read[t], q[t], D, D);
    linear(w + KEY, read[t], k[t], D, D);
    linear(w + VALUE, read[t], v[t], D, D);
    for (int h = 0; h < HEADS; h++) {
      REAL *a = weight[t][h], top = -INFINITY, sum = 0;
      for (int r = 0; r <= t; r++) {
        REAL score = 0;
        for (int i = h * SIZE; i < (h + 1) * SIZE; i++) score += q[t][i] * k[r][i];
        a[r] = score / 2;
        top = a[r] > top ? a[r] : top;
      }
      for (int r = 0; r <= t; r++) sum += a[r] = power(a[r] - top);
      for (int r = 0; r <= t; r++) a[r] /= sum;
      for (int i = h * SIZE; i < (h + 1) * SIZE; i++) {
        heard[t][i] = 0;
        for (int r = 0; r <= t; r++) heard[t][i] += a[r] * v[r][i];
      }
    }
    linear(w + MIX, heard[t], x, D, D);
    for (int i = 0; i < D; i++) middle[t][i] = start[t][i] + x[i];
    third[t] = norm(middle[t], inner[t]);
    linear(w + WIDE, inner[t], bent[t], D, M);
    for (int i = 0; i < M; i++) bent[t][i] = bent[t][i] > 0 ? bent[t][i] : 0;
    linear(w + NARROW, bent[t], x, M, D);
    for (int i = 0; i < D; i++) end[t][i] = middle[t][i] + x[i];
    linear(w + SCORES, end[t], p[t], D, V);
    REAL top = p[t][0], sum = 0;
    for (int c = 1; c < V; c++) top = p[t][c] > top ? p[t][c] : top;
    REAL right = p[t][s[t + 1]] - top;
    for (int c = 0; c < V; c++) sum += p[t][c] = power(p[t][c] - top);
    for (int c = 0; c < V; c++) p[t][c] /= sum;
    loss += (logarithm(sum) - right) / n;
  }

  memset(dQ, 0, sizeof dQ);
  memset(dK, 0, sizeof dK);
  memset(dV, 0, sizeof dV);
  for (int t = n - 1; t >= 0; t--) {
    REAL dScores[V], dEnd[D] = {0}, dBent[M] = {0}, dInner[D] = {0}, dHeard[D] = {0};
    for (int c = 0; c < V; c++) dScores[c] = p[t][c] / (n * BATCH);
    dScores[s[t + 1]] -= (REAL)1 / (n * BATCH);
    linearBack(w + SCORES, g + SCORES, end[t], dScores, dEnd, D, V);
    linearBack(w + NARROW, g + NARROW, bent[t], dEnd, dBent, M, D);
    for (int i = 0; i < M; i++) dBent[i] = bent[t][i] > 0 ? dBent[i] : 0;
    linearBack(w + WIDE, g + WIDE, inner[t], dBent, dInner, D, M);
    normBack(middle[t], third[t], dInner, dEnd);
    memcpy(dStart[t], dEnd, sizeof dEnd);
    linearBack(w + MIX, g + MIX, heard[t], dEnd, dHeard, D, D);
    for (int h = 0; h < HEADS; h++) {
      const REAL *a = weight[t][h];
      REAL d[POSITIONS], sum = 0;
      for (int r = 0; r <= t; r++) {
        d[r] = 0;
        for (int i = h * SIZE; i < (h + 1) * SIZE; i++) {
          d[r] += dHeard[i] * v[r][i];
          dV[r][i] += a[r] * dHeard[i];
        }
        sum += a[r] * d[r];
      }
      for (int r = 0; r <= t; r++) {
        REAL dScore = a[r] * (d[r] - sum) / 2;
        for (int i = h * SIZE; i < (h + 1) * SIZE; i++) {
          dQ[t][i] += dScore * k[r][i];
          dK[r][i] += dScore * q[t][i];
        }
      }
    }
  }
  for (int t = 0; t < n; t++) {
    REAL dRead[D] = {0}, dToken[D] = {0};
    linearBack(w + QUERY, g + QUERY, read[t], dQ[t], dRead, D, D);
    linearBack(w + KEY, g + KEY, read[t], dK[t], dRead, D, D);
    linearBack(w + VALUE, g + VALUE, read[t], dV[t], dRead, D, D);
    normBack(start[t], second[t], dRead, dStart[t]);
    normBack(token[t], first[t], dStart[t], dToken);
    for (int i = 0; i < D; i++) g[SIGNS + s[t] * D + i] += dToken[i];
    for (int i = 0; i < D; i++) g[PLACES + t * D + i] += dToken[i];
  }
  return loss / BATCH;
}

static REAL step(int number) {
  REAL loss = 0;
  memset(g, 0, sizeof g);
  for (int e = number % (N / BATCH) * BATCH, end = e + BATCH; e < end; e++)
    loss += nameLoss(length[e], signs[e]);
  REAL rate = LR / (1 - pow(BETA1, number + 1)), correction = sqrt(1 - pow(BETA2, number + 1));
  for (int i = 0; i < COUNT; i++) {
    mean[i] = (REAL)BETA1 * mean[i] + (REAL)(1 - BETA1) * g[i];
    square[i] = (REAL)BETA2 * square[i] + (REAL)(1 - BETA2) * g[i] * g[i];
    w[i] -= rate * mean[i] / (root(square[i]) / correction + (REAL)EPS);
  }
  return loss;
}

static double number(void) {
  double value = 0;
  if (scanf("%lf", &value) != 1) return NAN;
  return value;
}

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

int main(void) {
  for (int e = 0; e < N; e++) {
    length[e] = number();
    for (int t = 0; t <= length[e]; t++) signs[e][t] = number();
  }
  for (int i = 0; i < COUNT; i++) initial[i] = number();
  printf("{\"version\": \"gcc " __VERSION__ "\"}\n");
  fflush(stdout);
  char command[16];
  long steps;
  while (scanf("%15s %ld", command, &steps) == 2) {
    for (int i = 0; i < COUNT; i++) {
      w[i] = initial[i];
      mean[i] = square[i] = 0;
    }
    if (strcmp(command, "losses") == 0) {
      for (int k = 0; k < steps; k++) printf("%c%.17g", k ? ',' : '[', (double)step(k));
      printf("]\n");
    } else {
      volatile REAL loss = 0;
      double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
      for (long k = 0; k < steps; k++) loss += step(k);
      wall = now(CLOCK_MONOTONIC) - wall;
      cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
      printf("{\"wall\": %.9g, \"cpu\": %.9g}\n", wall, cpu);
    }
    fflush(stdout);
  }
}
