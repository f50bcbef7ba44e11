# Two stages: wheels are built in the first, the second has the program alone.
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY emulator emulator
COPY fixtures fixtures
COPY scripts/requirements.lock scripts/requirements.lock
RUN python -m venv /opt/emulator && /opt/emulator/bin/pip install --no-cache-dir --constraint scripts/requirements.lock .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home emulator
COPY --from=build /opt/emulator /opt/emulator
ENV PATH=/opt/emulator/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PATSNAP_EMULATOR_HOST=0.0.0.0
USER 10001
EXPOSE 8390
HEALTHCHECK --interval=5s --timeout=3s --start-period=2s --retries=3 CMD ["patsnap-emulator", "healthcheck"]
ENTRYPOINT ["patsnap-emulator"]
CMD ["serve"]
